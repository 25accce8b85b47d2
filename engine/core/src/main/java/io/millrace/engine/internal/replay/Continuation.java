package io.millrace.engine.internal.replay;

import io.millrace.storage.payload.Payload;

/** How the code asked to go on as a new execution: as which version, with which input. */
record Continuation(String version, Payload input) {}
