import type { CallMonitor } from './call-monitor.js';
import { drawTimeGraph } from './time-graph.js';

export interface ScalingMoments {
  readonly scaledAtMs: number;
  readonly readyAtMs: number;
  readonly scaledDownAtMs: number;
  readonly oneLeftAtMs: number;
}

const WINDOW_SECONDS = 3;

/** Draws the calls per pod of a service that scales from one pod to three and back. */
export function drawScalingGraph(service: string, monitor: CallMonitor, at: ScalingMoments, load: string): string {
  const startMs = monitor.snapshots[0]?.atMs ?? 0;
  const since = (ms: number): number => (ms - startMs) / 1000;
  const rates = [...monitor.rates(WINDOW_SECONDS)];
  return drawTimeGraph({
    title: `kubectl scale deployment/viernes-${service}: 1 to 3 pods and back`,
    subtitle: `${load} Measured by npm run test:k8s.`,
    marks: [
      { seconds: since(at.scaledAtMs), text: '--replicas=3' },
      { seconds: since(at.readyAtMs), text: 'three ready' },
      { seconds: since(at.scaledDownAtMs), text: '--replicas=1' },
      { seconds: since(at.oneLeftAtMs), text: 'one left' },
    ],
    panels: [
      {
        title: 'Calls per second',
        series: rates.map(([, points], index) => ({ name: `pod ${index + 1}`, points, shape: 'line' as const })),
      },
      {
        title: 'Pods that respond',
        series: [
          {
            name: 'pods',
            shape: 'step',
            points: monitor.snapshots.map(({ atMs, calls }) => [since(atMs), calls.size] as const),
          },
        ],
      },
    ],
  });
}
