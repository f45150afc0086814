/** The fields that probeArguments requests from ffprobe, with their original names. */
export interface ProbedStream {
  readonly codec_type?: string;
  readonly codec_name?: string;
  readonly width?: number;
  readonly height?: number;
  readonly sample_aspect_ratio?: string;
  readonly r_frame_rate?: string;
  readonly avg_frame_rate?: string;
  readonly duration?: string;
  readonly disposition?: { readonly attached_pic?: number };
  readonly side_data_list?: readonly { readonly rotation?: number }[];
}

export interface ProbeJson {
  readonly format?: { readonly duration?: string; readonly nb_streams?: number };
  readonly streams: readonly ProbedStream[];
}

/** Parses the output of ffprobe. Undefined if it is incomplete or contains no streams. */
export function parseProbeJson(text: string): ProbeJson | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  return hasStreams(parsed) ? parsed : undefined;
}

function hasStreams(value: unknown): value is ProbeJson {
  return (
    typeof value === 'object' &&
    value !== null &&
    'streams' in value &&
    Array.isArray(value.streams) &&
    value.streams.length > 0
  );
}
