// ReportStyleSheet.swift: the one style sheet of a report: screen and A4 paper, hanzi and Latin.

/// Nothing is fetched: the fonts are those a Chinese office has. Shades run from white to a blue on
/// which black text stays readable; their order is one of lightness, for every eye and a grey
/// print.
let reportStyleSheet = """
  :root { color-scheme: light; }
  body { margin: 2.5rem auto; max-width: 60rem; padding: 0 1.5rem; color: #1a1a1a; background: #fff;
    font: 1rem/1.75 "Source Han Serif SC", "Noto Serif CJK SC", "Songti SC", SimSun, serif; }
  h1, h2, h3, h4, caption, th { font-family: "Source Han Sans SC", "Noto Sans CJK SC",
    "PingFang SC", "Microsoft YaHei", SimHei, sans-serif; }
  h1 { font-size: 1.7rem; line-height: 1.4; text-align: center; margin: 0 0 1.5rem; }
  h2 { font-size: 1.25rem; margin: 2rem 0 .75rem; border-bottom: 1px solid #bbb; }
  h3, h4 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; }
  p { margin: .6rem 0; }
  a { color: #0b4f8a; }
  blockquote { margin: 1rem 0; padding: .1rem 1rem; border-left: .25rem solid #c8c8c8; }
  pre { overflow-x: auto; padding: .75rem 1rem; background: #f5f5f5; line-height: 1.35; }
  code { font-family: "Sarasa Mono SC", "Noto Sans Mono CJK SC", Menlo, Consolas, monospace;
    font-size: .9em; }
  hr { border: 0; border-top: 1px solid #bbb; margin: 2rem 0; }
  table { border-collapse: collapse; margin: 1rem 0; min-width: 50%; font-size: .92rem;
    line-height: 1.45; border-top: 2px solid #333; border-bottom: 2px solid #333; }
  caption { text-align: left; font-weight: bold; padding: .4rem 0; }
  th, td { padding: .28rem .55rem; text-align: left; vertical-align: middle;
    border-bottom: 1px solid #dcdcdc; }
  thead th { border-bottom: 1px solid #333; background: #f4f6f8; }
  th[scope=colgroup] { text-align: center; border-left: 1px solid #dcdcdc;
    border-right: 1px solid #dcdcdc; }
  tbody th { font-weight: normal; font-family: inherit; white-space: nowrap; }
  .wide table { width: 100%; font-size: .8rem; }
  .wide th, .wide td { padding: .25rem .3rem; } .wide td:nth-child(2) { white-space: nowrap; }
  td.num, th.num { text-align: right; font-variant-numeric: tabular-nums lining-nums; }
  td.num, td.short, th.short { white-space: nowrap; }
  td.center, th.center { text-align: center; }
  tfoot td, tfoot th, tr.subtotal td, tr.subtotal th { font-weight: bold;
    border-top: 1px solid #333; }
  .heat1 { background: #eef4fb; } .heat2 { background: #dde9f6; } .heat3 { background: #c9dcf0; }
  .heat4 { background: #b2cde9; } .heat5 { background: #98bce1; } .heat6 { background: #7eaad8; }
  .heat7 { background: #6599ce; font-weight: bold; }
  .answer { margin: 1.25rem 0; }
  .answer > p, .answer > ul { font-size: .85rem; color: #444; margin: .2rem 0; }
  .answer > ul { padding-left: 1.2rem; }
  svg { max-width: 100%; height: auto; display: block; margin: .75rem 0; font-family: inherit; }
  td svg.spark { display: inline-block; margin: 0; vertical-align: -.2em; }
  @page { size: A4; margin: 20mm 16mm; }
  @media print {
    body { margin: 0; padding: 0; max-width: none; font-size: 10.5pt; }
    table { font-size: 9pt; }
    .wide table { font-size: 7pt; } .wide th, .wide td { padding: .2rem .15rem; }
    .wide thead th { font-size: 6.5pt; }
    thead { display: table-header-group; } tfoot { display: table-row-group; }
    tr, svg { break-inside: avoid; } h1, h2, h3, caption { break-after: avoid; }
    * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    a { color: inherit; text-decoration: none; }
  }
  """
