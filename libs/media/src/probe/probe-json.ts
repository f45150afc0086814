/** The part of ffprobe's JSON that we ask for, with its names. */
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

/** Undefined where ffprobe was cut off or found nothing. */
export function readProbeJson(text: string): ProbeJson | undefined {
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
