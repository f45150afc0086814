import { Injectable } from '@nestjs/common';
import { MATURITY_RATINGS, TitleChangedV1, toSlug } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { Outbox } from '@viernes/messaging';
import { Any } from 'typeorm';
import { listFieldChanges, type FieldChange, type NewChange } from '../change/change.js';
import { ChangeRepository } from '../change/change.repository.js';
import { CreditEntity } from '../person/credit.entity.js';
import type { Credit, NewCredit } from '../person/credit.js';
import { PersonRepository } from '../person/person.repository.js';
import { PopularityRepository } from '../popularity/popularity.repository.js';
import { TitleSearchRepository } from '../search/title-search.repository.js';
import { TitleEntity } from '../title/title.entity.js';
import type { TitleDetails, TitleInput } from '../title/title.js';

/** A title to store, and its current state. */
export interface TitleSave {
  readonly id: string;
  readonly input: TitleInput;
  /** Undefined for a new title. */
  readonly before: TitleDetails | undefined;
}

type CompleteInput = TitleInput & { readonly credits: readonly Credit[]; readonly slug: string };

/** Stores titles with everything that depends on them: credits, people, history, search, and events. */
@Injectable()
export class SaveTitles {
  constructor(
    private readonly changes: ChangeRepository,
    private readonly people: PersonRepository,
    private readonly popularity: PopularityRepository,
    private readonly search: TitleSearchRepository,
    private readonly outbox: Outbox,
  ) {}

  /**
   * The transaction must hold the lock `titleEditing`.
   *
   * @returns the IDs of the titles that have changed
   * @throws CodedError PERSON_NOT_FOUND
   */
  async run(tx: Transaction, requested: readonly TitleSave[]): Promise<ReadonlySet<string>> {
    const saves = requested.map(identifyCredits);
    const complete = await this.people.resolve(
      tx,
      saves.flatMap(({ input }) => input.credits),
    );
    const slugs = await this.chooseSlugs(tx, saves);
    const changes = saves.flatMap(({ id, before, input }) => {
      const slug = slugs.get(id) ?? id;
      const after: CompleteInput = { ...input, slug, credits: omitRepeated(input.credits.map(complete)) };
      const fields = listFieldChanges({ ...(before && toTitleInput(before)) }, { ...after });
      return fields.length > 0 ? [{ id, before, after, fields }] : [];
    });
    if (changes.length === 0) return new Set();

    const ids = changes.map(({ id }) => id);
    const titles = changes.map(({ id, after, before }) => toRow(id, after, (before?.revision ?? 0) + 1));
    // Raw SQL: for the titles of an import, the query builder needs more CPU time than PostgreSQL does.
    await tx.query(PUT_TITLES, [JSON.stringify(titles)]);
    await tx.delete(CreditEntity, { titleId: Any(ids) });
    const credits = changes.flatMap(({ id: titleId, after }) =>
      after.credits.map(({ personId, role, character }, position) => ({
        titleId,
        position,
        personId,
        role,
        character,
      })),
    );
    // Raw SQL: an import has more credits than a statement can have parameters.
    await tx.query(
      `INSERT INTO credit (title_id, position, person_id, role, character)
       SELECT "titleId", position, "personId", role, character
       FROM jsonb_to_recordset($1) AS c("titleId" uuid, position smallint, "personId" uuid, role text, character text)`,
      [JSON.stringify(credits)],
    );
    await this.changes.add(tx, changes.map(toNewChange));
    await this.popularity.addTitles(tx, ids);
    await this.search.put(tx, ids);
    await this.outbox.add(tx, TitleChangedV1, ...ids.map((titleId) => ({ titleId })));
    return new Set(ids);
  }

  /**
   * Chooses a unique slug for each title. If another title has the slug, appends the start of the ID. If the derived slug
   * is empty, the start of the ID is the complete slug.
   */
  private async chooseSlugs(tx: Transaction, saves: readonly TitleSave[]): Promise<ReadonlyMap<string, string>> {
    const wanted = new Map(saves.map(({ id, input, before }) => [id, input.slug ?? before?.slug ?? deriveSlug(input)]));
    const taken = await tx.find(TitleEntity, {
      select: { id: true, slug: true },
      where: { slug: Any([...wanted.values()]) },
    });
    const owners = new Map(taken.map(({ id, slug }) => [slug, id]));
    const chosen = new Map<string, string>();
    for (const [id, slug] of wanted) {
      const isFree = slug !== '' && (owners.get(slug) ?? id) === id;
      const unique = isFree ? slug : [slug, id.slice(0, 8)].filter(Boolean).join('-');
      owners.set(unique, id);
      chosen.set(id, unique);
    }
    return chosen;
  }
}

function toNewChange({
  id,
  before,
  fields,
}: Omit<TitleSave, 'input'> & { readonly fields: readonly FieldChange[] }): NewChange {
  const revision = (before?.revision ?? 0) + 1;
  return { resource: `titles/${id}`, revision, action: before ? 'replaced' : 'created', fields };
}

/**
 * Adds the ID of the person to each credit without one, if the title already credits a person with this name. That person
 * can differ from the one whose slug matches the name, because an editor can separate people with the same name. If
 * several people of the title have the name, equal credits are assigned in order to those to whom no ID refers.
 */
function identifyCredits(save: TitleSave): TitleSave {
  const before = save.before?.credits ?? [];
  const known = new Map(before.map(({ name, personId }) => [name, personId]));
  const identified = new Set(save.input.credits.map(toPersonKey));
  const unused = before.filter((credit) => !identified.has(toPersonKey(credit)));
  const takeEqual = (credit: NewCredit): Credit | undefined => {
    const index = unused.findIndex((each) => toNameKey(each) === toNameKey(credit));
    return index === -1 ? undefined : unused.splice(index, 1)[0];
  };
  const credits = save.input.credits.map((credit) => ({
    ...credit,
    personId: credit.personId ?? takeEqual(credit)?.personId ?? known.get(credit.name),
  }));
  return { ...save, input: { ...save.input, credits } };
}

/** Omits repeated credits, because two spellings of a name can refer to the same person. */
function omitRepeated(credits: readonly Credit[]): Credit[] {
  const distinct = new Map<string, Credit>();
  for (const credit of credits) {
    const key = toPersonKey(credit);
    if (!distinct.has(key)) distinct.set(key, credit);
  }
  return [...distinct.values()];
}

function toNameKey({ name, role, character }: NewCredit): string {
  return JSON.stringify([name, role, character]);
}

function toPersonKey({ personId, role, character }: NewCredit): string {
  return JSON.stringify([personId, role, character]);
}

function deriveSlug({ name, releaseYear }: TitleInput): string {
  return toSlug(releaseYear === undefined ? name : `${name} ${releaseYear}`);
}

/** Returns the fields of a stored title that editors can change. */
export function toTitleInput(title: TitleDetails): TitleInput {
  const {
    id: _id,
    directors: _directors,
    minimumAge: _age,
    createdAt: _created,
    updatedAt: _updated,
    revision: _revision,
    asset: _asset,
    ...input
  } = title;
  return input;
}

/** All columns that a change replaces. */
const COLUMNS = [
  'revision',
  'kind',
  'name',
  'slug',
  'synopsis',
  'release_year',
  'genres',
  'directors',
  'countries',
  'languages',
  'maturity_rating',
  'minimum_age',
  'runtime_minutes',
  'season_count',
  'score',
  'external_id',
  'added_on',
  'artwork',
  'availability',
] as const;

const PUT_TITLES = `
  INSERT INTO title (id, ${COLUMNS.join(', ')})
  SELECT id, ${COLUMNS.join(', ')} FROM jsonb_populate_recordset(NULL::title, $1)
  ON CONFLICT (id) DO UPDATE SET updated_at = now(), ${COLUMNS.map((column) => `${column} = excluded.${column}`).join(', ')}`;

type TitleColumns = Readonly<Record<'id' | (typeof COLUMNS)[number], unknown>>;

function toRow(id: string, input: CompleteInput, revision: number): TitleColumns {
  return {
    id,
    revision,
    kind: input.kind,
    name: input.name,
    slug: input.slug,
    synopsis: input.synopsis,
    release_year: input.releaseYear,
    genres: input.genres,
    directors: input.credits.filter(({ role }) => role === 'director').map(({ name }) => name),
    countries: input.countries,
    languages: input.languages,
    maturity_rating: input.maturityRating,
    minimum_age: input.maturityRating && MATURITY_RATINGS[input.maturityRating],
    runtime_minutes: input.runtimeMinutes,
    season_count: input.seasonCount,
    score: input.score,
    external_id: input.externalId,
    added_on: input.addedOn,
    artwork: input.artwork,
    availability: input.availability,
  };
}
