import { useCallback, useEffect, useReducer, useRef } from 'react';
import { PartyClock } from './party-clock.js';
import { PartyPlayer } from './party-player.js';
import { openPartySocket, type ClientMessage, type PartySocket } from './party-socket.js';
import {
  EMPTY_PARTY,
  lastTextNumber,
  reduceParty,
  type PartyView,
  type Reaction,
  type ServerMessage,
} from './party-state.js';

/** Several pings at the start find a short round trip. Later ones follow the drift of the clocks. */
const FIRST_PINGS = 6;
const FIRST_PING_INTERVAL_MS = 200;
const PING_INTERVAL_MS = 5_000;

export interface Party {
  readonly view: PartyView;
  readonly write: (text: string) => void;
  readonly react: (reaction: Reaction) => void;
  readonly handOver: (participantId: string) => void;
  readonly leave: () => void;
  /**
   * Attaches a video element to the party and synchronizes it. Actions of the host on it control the party.
   *
   * @returns a function that ends the synchronization
   */
  readonly attachAndSyncVideo: (video: HTMLVideoElement) => () => void;
}

/** Takes part in a party while the component is mounted. */
export function useParty(code: string, onProblem: (problem: unknown) => void): Party {
  const [view, dispatch] = useReducer(reduceParty, EMPTY_PARTY);
  const latest = useRef(view);
  const socket = useRef<PartySocket>(null);
  const player = useRef<PartyPlayer>(null);
  const clock = useRef(new PartyClock());
  const reportProblem = useRef(onProblem);

  useEffect(() => {
    latest.current = view;
    reportProblem.current = onProblem;
    if (view.state) player.current?.setTarget(toTarget(view.state));
  }, [view, onProblem]);

  useEffect(() => {
    const ping = (): void => opened.send({ type: 'ping', sentAtMs: clock.current.pingTime() });
    let firstPings: ReturnType<typeof setInterval> | undefined;
    const measure = (): void => {
      clearInterval(firstPings);
      let count = 0;
      firstPings = setInterval(
        () => (++count < FIRST_PINGS ? ping() : clearInterval(firstPings)),
        FIRST_PING_INTERVAL_MS,
      );
      ping();
    };
    const onMessage = (message: ServerMessage): void => {
      if (message.type === 'pong') return clock.current.addPong(message.sentAtMs, message.serverTimeMs);
      if (message.type === 'joined') {
        measure();
        for (const { id, text, isRejected } of latest.current.unconfirmed)
          if (!isRejected) opened.send({ type: 'text', id, text });
      }
      dispatch(message);
    };
    const opened = openPartySocket(code, () => lastTextNumber(latest.current), {
      onMessage,
      onDisconnect: () => dispatch({ type: 'disconnected' }),
      onProblem: (problem) => reportProblem.current(problem),
    });
    socket.current = opened;
    const pings = setInterval(ping, PING_INTERVAL_MS);
    return () => {
      clearInterval(pings);
      clearInterval(firstPings);
      opened.close();
    };
  }, [code]);

  const send = useCallback((message: ClientMessage): void => socket.current?.send(message), []);
  const attachAndSyncVideo = useCallback(
    (video: HTMLVideoElement) => {
      const opened = new PartyPlayer(video, clock.current, (isPlaying, positionMs) =>
        send({ type: 'control', isPlaying, positionMs }),
      );
      player.current = opened;
      if (latest.current.state) opened.setTarget(toTarget(latest.current.state));
      return () => opened.close();
    },
    [send],
  );
  const write = (text: string): void => {
    const id = newId();
    dispatch({ type: 'write', id, text });
    send({ type: 'text', id, text });
  };
  return {
    view,
    write,
    react: (reaction) => send({ type: 'reaction', reaction }),
    handOver: (participantId) => send({ type: 'handOver', participantId }),
    leave: () => send({ type: 'leave' }),
    attachAndSyncVideo,
  };
}

function toTarget({ playback, revision, hostId, selfId }: NonNullable<PartyView['state']>) {
  return { playback, revision, isHost: hostId === selfId };
}

/** Creates a UUID of version 4. Browsers offer randomUUID only on HTTPS and on localhost. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}
