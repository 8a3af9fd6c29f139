// ExecutionTests.swift: the engine, on small stores.

import Testing
