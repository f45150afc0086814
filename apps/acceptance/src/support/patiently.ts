import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from './http.js';

const MOST_REPEATS = 5;

/** Does as it is told by 429 and Retry-After: the suite signs in more often a minute than a person may. */
export async function patiently<Body>(ask: () => Promise<Answer<Body>>): Promise<Answer<Body>> {
  for (let repeat = 0; ; repeat += 1) {
    const answer = await ask();
    const retryAfter = answer.headers.get('retry-after');
    if (answer.status !== 429 || retryAfter === null || repeat === MOST_REPEATS) return answer;
    await sleep(Number(retryAfter) * 1000);
  }
}
