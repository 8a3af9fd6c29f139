#ifndef CONSOLE_SIGNALS_H
#define CONSOLE_SIGNALS_H
// Signal handlers of the console. They run between any two instructions, so they are C, touch only
// static memory and call only what signal-safety(7) lists.

/// Batch: SIGPIPE, SIGTERM, SIGHUP, SIGQUIT remove the temporary files and end the program as their
/// default action does; SIGINT removes them and ends it with status 130. SIGXFSZ is ignored, so
/// that a file over its limit is an error of `write`. What the parent process ignored or blocked is
/// undone.
void console_handle_batch_signals(void);

/// The prompt: SIGPIPE is ignored, SIGINT sets a flag, SIGWINCH and SIGCONT wake the editor;
/// SIGTERM, SIGHUP, SIGQUIT and the fatal ones put the terminal back, remove the temporary files
/// and end the program. Returns 0, or -errno when the self-pipe cannot be made.
int console_handle_prompt_signals(void);

/// 1 after a SIGINT that nobody has taken yet.
int console_is_interrupted(void);
void console_clear_interruption(void);

/// Between the two a first SIGINT only asks to stop; what it would have done is done at the end.
void console_hold_interruption(void);
void console_release_interruption(void);

/// The reading end of the self-pipe: a byte arrives with every signal the editor must look at.
int console_wake_descriptor(void);
enum { console_wake_resized = 1, console_wake_continued = 2 };
/// Empties the self-pipe; a set of what has happened since the last call.
int console_take_wakes(void);
/// Writes a byte into the self-pipe: wakes a waiting editor from another thread.
void console_wake(void);

/// Remembers a path that the handlers remove. A slot number, or -1 when all are taken or the path
/// is too long.
int console_remember_temporary(const char *path);
void console_forget_temporary(int slot);

/// Whether a line of progress stands on standard error: the handlers of a batch erase it.
void console_note_progress(int is_drawn);

#endif
