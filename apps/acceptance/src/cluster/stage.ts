import type { Schema } from '@viernes/api-client';
import { Editor } from '../support/editor.js';
import { eventually } from '../support/eventually.js';
import { shortVideo } from '../support/video-files.js';
import { bodyOf, get } from '../support/http.js';
import { Viewer } from '../support/viewer.js';
import { cluster } from './cluster-config.js';
import { longRunningPods } from './pods.js';
import type { Visit } from './load.js';
import { browse, home, watch } from './visits.js';

const FILM_NAME = `Film night in ${cluster.namespace}`;
/** So many that no account plays on too many screens at a time, also when answers are slow. */
const VIEWERS = 12;

/** Waits until the edge answers from outside with every service behind it. */
export async function platformAnswers(): Promise<void> {
  await eventually(
    () => get<{ unavailableSources?: readonly string[] }>('/v1/home'),
    ({ status, body }) => status === 200 && body.unavailableSources?.length === 0,
    { what: 'the edge answers a home page with nothing missing' },
  );
}

/** The film that all demonstrations play, made by the first of them that asks. */
export async function theFilm(): Promise<Schema<'Title'>> {
  await platformAnswers();
  const path = `/v1/titles?query=${encodeURIComponent(FILM_NAME)}&playable=true`;
  const { titles } = bodyOf(await get<Schema<'TitlePage'>>(path), 200);
  const found = titles.find(({ name }) => name === FILM_NAME);
  return found ?? (await Editor.signIn()).readyTitle(FILM_NAME, await shortVideo());
}

/** People who browse, look at their home page and watch, in equal parts. */
export async function audience(): Promise<Visit[]> {
  const film = await theFilm();
  const viewers: Viewer[] = [];
  while (viewers.length < VIEWERS) viewers.push(await Viewer.signUp());
  const words = ['casablanka', 'night', film.name, 'love', 'the man', 'star'];
  return viewers.flatMap((viewer) => [browse(words), home(viewer), watch(viewer, film.id)]);
}

/** How often each pod was restarted; empty when none ever was. */
export async function restarts(): Promise<Record<string, number>> {
  const pods = await longRunningPods();
  return Object.fromEntries(pods.filter((pod) => pod.restarts > 0).map((pod) => [pod.name, pod.restarts]));
}
