import { enumValues } from '@viernes/api-client';
import { t } from 'i18next';
import { useState } from 'react';
import { toMessage } from '../api/problem-messages.js';
import { formatTime } from '../language/format.js';
import { useIsEditor, useIsLimited } from '../session/use-session.js';
import type { LiveEvent, LiveEvents, LiveTopic } from './live-events.js';
import { useLiveEvents } from './use-live-events.js';

const EDITOR_TOPICS: readonly LiveTopic[] = ['uploads', 'transcodes'];

/** Shows events of the platform as they arrive. */
export function LiveEventList() {
  const isEditor = useIsEditor();
  const isLimited = useIsLimited();
  const isOffered = (topic: LiveTopic): boolean =>
    topic === 'session' ? !isLimited : isEditor || !EDITOR_TOPICS.includes(topic);
  const offered = enumValues.LiveTopic.filter(isOffered);
  const [deselected, setDeselected] = useState<readonly LiveTopic[]>([]);
  const topics = offered.filter((topic) => !deselected.includes(topic));
  const { view, pause, resume, clear } = useLiveEvents(topics);
  const isStopped = view.connection === 'paused' || view.connection === 'failed';
  const toggle = (topic: LiveTopic): void =>
    setDeselected(deselected.includes(topic) ? deselected.filter((each) => each !== topic) : [...deselected, topic]);
  return (
    <section className="panel" aria-labelledby="live-events">
      <h2 id="live-events">{t('developers.events')}</h2>
      <p>{t('developers.eventsText')}</p>
      <fieldset className="live-topics">
        <legend>{t('developers.topics')}</legend>
        {offered.map((topic) => (
          <label key={topic}>
            <input type="checkbox" checked={topics.includes(topic)} onChange={() => toggle(topic)} />
            <span>
              {t(`developers.topicNames.${topic}`)} <code>{topic}</code>
            </span>
          </label>
        ))}
      </fieldset>
      <div className="live-controls">
        <button type="button" className="button button-quiet button-small" onClick={isStopped ? resume : pause}>
          {isStopped ? t('developers.resume') : t('developers.pause')}
        </button>
        <button type="button" className="button button-quiet button-small" onClick={clear}>
          {t('developers.clear')}
        </button>
        <ConnectionState view={view} />
      </div>
      {view.hasGap ? <p className="field-hint">{t('developers.gap')}</p> : null}
      {/* The list scrolls, so keyboard users must be able to focus it. */}
      <div className="live-events" role="log" aria-labelledby="live-events" tabIndex={0}>
        {view.events.length === 0 ? <p className="field-hint">{t('developers.noEvents')}</p> : null}
        <ol>
          {view.events.map((event) => (
            <EventItem key={event.id} event={event} />
          ))}
        </ol>
      </div>
    </section>
  );
}

function ConnectionState({ view }: { readonly view: LiveEvents }) {
  return (
    <p className="live-state" role="status" data-connection={view.connection}>
      {view.connection === 'failed' ? toMessage(view.problem) : t(`developers.connections.${view.connection}`)}
    </p>
  );
}

function EventItem({ event: { time, name, data } }: { readonly event: LiveEvent }) {
  return (
    <li>
      <time dateTime={time}>{formatTime(time)}</time>
      <code>{name}</code>
      <code>{JSON.stringify(data)}</code>
    </li>
  );
}
