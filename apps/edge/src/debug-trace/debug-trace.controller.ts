import { Controller } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Handles, Input, type InputOf, type ResponseOf } from '@viernes/gateway';
import { getDebugTrace } from './debug-trace.operations.js';
import { readSpans } from './otlp-spans.js';
import { TraceStore } from './trace-store.js';

@Controller()
export class DebugTraceController {
  constructor(private readonly traces: TraceStore) {}

  @Handles(getDebugTrace)
  get(
    @Input(getDebugTrace) { params: { id: traceId } }: InputOf<typeof getDebugTrace>,
  ): ResponseOf<typeof getDebugTrace> {
    const spans = readSpans(this.traces.find(traceId));
    if (spans.length === 0) throw new CodedError('TRACE_NOT_FOUND', { traceId });
    return { traceId, spans };
  }
}
