import { limits } from '@viernes/api-client';
import { t } from 'i18next';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import type { PartyView, Reaction } from './party-state.js';

const SYMBOLS: Readonly<Record<Reaction, string>> = { laugh: '😂', love: '❤️', wow: '😮', sad: '😢', applause: '👏' };
const REACTIONS = Object.keys(SYMBOLS) as Reaction[];

export interface PartyChatProps {
  readonly view: PartyView;
  readonly onWrite: (text: string) => void;
  readonly onReact: (reaction: Reaction) => void;
}

export function PartyChat({ view, onWrite, onReact }: PartyChatProps) {
  const [text, setText] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const { texts, unconfirmed, reactions, state } = view;
  const count = texts.length + unconfirmed.length;
  const nameOf = (id: string): string => state?.participants.find((participant) => participant.id === id)?.name ?? '';

  // In newer browsers, scrollTo returns a promise, which React would call as a clean-up function.
  useEffect(() => {
    void list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [count]);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const trimmed = text.trim();
    if (trimmed === '') return;
    onWrite(trimmed);
    setText('');
  };

  return (
    <section className="party-chat" aria-labelledby="party-chat">
      <h2 id="party-chat">{t('party.chat')}</h2>
      {/* The list scrolls, so keyboard users must be able to focus it. */}
      <div className="party-log" role="log" aria-labelledby="party-chat" ref={list} tabIndex={0}>
        <ol className="party-texts">
          {texts.map(({ number, name, text: written }) => (
            <li key={number}>
              <strong>{name}</strong> {written}
            </li>
          ))}
          {unconfirmed.map(({ id, text: written, isRejected }) => (
            <li key={id} className="party-unconfirmed">
              {written} <em>{isRejected ? t('party.notSent') : t('party.sending')}</em>
            </li>
          ))}
        </ol>
      </div>
      <p className="party-received-reactions" role="status">
        {reactions.map(({ key, participantId, reaction }) => (
          <span key={key}>
            {nameOf(participantId)}{' '}
            <span role="img" aria-label={t(`party.reactions.${reaction}`)}>
              {SYMBOLS[reaction]}
            </span>
          </span>
        ))}
      </p>
      <div className="party-line" role="group" aria-label={t('party.react')}>
        {REACTIONS.map((reaction) => (
          <button
            key={reaction}
            type="button"
            className="party-reaction"
            aria-label={t(`party.reactions.${reaction}`)}
            onClick={() => onReact(reaction)}
          >
            <span aria-hidden="true">{SYMBOLS[reaction]}</span>
          </button>
        ))}
      </div>
      <form className="party-line" onSubmit={submit}>
        <input
          type="text"
          aria-label={t('party.message')}
          placeholder={t('party.message')}
          maxLength={limits.PartyClientMessage.text.text.maxLength}
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit" className="button button-primary button-small">
          {t('party.send')}
        </button>
      </form>
    </section>
  );
}
