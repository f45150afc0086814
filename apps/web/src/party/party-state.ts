import type { Schema } from '@viernes/api-client';

export type ServerMessage = Schema<'PartyServerMessage'>;
export type PartyText = Schema<'PartyText'>;
export type Reaction = Schema<'PartyReactionKind'>;

/** A message that the party has not confirmed. */
export interface UnconfirmedText {
  readonly id: string;
  readonly text: string;
  readonly isRejected: boolean;
}

export interface ShownReaction {
  readonly key: number;
  readonly participantId: string;
  readonly reaction: Reaction;
}

export interface PartyView {
  readonly isConnected: boolean;
  readonly state: Schema<'PartyState'> | undefined;
  /** In the order of their numbers, each once. */
  readonly texts: readonly PartyText[];
  readonly unconfirmed: readonly UnconfirmedText[];
  /** The latest reactions. */
  readonly reactions: readonly ShownReaction[];
}

export type PartyAction =
  | ServerMessage
  | { readonly type: 'disconnected' }
  | { readonly type: 'write'; readonly id: string; readonly text: string };

export const EMPTY_PARTY: PartyView = {
  isConnected: false,
  state: undefined,
  texts: [],
  unconfirmed: [],
  reactions: [],
};

const MAX_REACTIONS = 5;

/** Returns the view after a message of the edge or an action of the user. */
export function reduceParty(view: PartyView, action: PartyAction): PartyView {
  switch (action.type) {
    case 'joined':
      return { ...view, isConnected: true };
    case 'disconnected':
      return { ...view, isConnected: false };
    case 'state':
      return { ...view, state: action };
    case 'write':
      return { ...view, unconfirmed: [...view.unconfirmed, { id: action.id, text: action.text, isRejected: false }] };
    case 'texts': {
      const last = lastTextNumber(view);
      const texts = action.texts.filter(({ number }) => number > last);
      const ids = new Set(texts.map(({ id }) => id));
      const unconfirmed = view.unconfirmed.filter(({ id }) => !ids.has(id));
      return { ...view, texts: [...view.texts, ...texts], unconfirmed };
    }
    case 'reacted': {
      const { participantId, reaction } = action;
      const key = (view.reactions.at(-1)?.key ?? 0) + 1;
      return { ...view, reactions: [...view.reactions.slice(1 - MAX_REACTIONS), { key, participantId, reaction }] };
    }
    case 'rejected': {
      const reject = (text: UnconfirmedText) => (text.id === action.id ? { ...text, isRejected: true } : text);
      return { ...view, unconfirmed: view.unconfirmed.map(reject) };
    }
    case 'pong':
      return view;
  }
}

/** @returns 0 before the first text */
export function lastTextNumber({ texts }: PartyView): number {
  return texts.at(-1)?.number ?? 0;
}
