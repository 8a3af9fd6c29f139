// PlanningTests.swift: questions against the built-in catalogue.

import Testing
