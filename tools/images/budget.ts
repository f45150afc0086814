import type { ImageApp } from './images.ts';

/**
 * How large an image may be, in MB of 10^6 bytes, unpacked. What is more costs every node that pulls it.
 *
 * Debian and Node are 205 of it. A worker's ffmpeg brings 225 more, the libraries of every codec that Debian builds in; the
 * cli has the list of films that it seeds, too.
 */
export const BUDGET_MB: Readonly<Record<ImageApp, number>> = {
  edge: 350,
  catalog: 350,
  user: 350,
  video: 350,
  transcoder: 500,
  cli: 520,
};
