import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FieldError } from '@viernes/contracts';
import { lockInTransaction, Transactions, type Transaction } from '@viernes/database';
import { PersonRepository } from '../person/person.repository.js';
import type { TitleDetails } from '../title/title.js';
import { TitleRepository } from '../title/title.repository.js';
import type { ImportedTitle, ImportTitlesRequest } from './editing.requests.js';
import type { ImportResult } from './import-result.js';
import { SaveTitles } from './save-titles.service.js';

/** Rolls back the transaction of a dry run. */
class DryRun extends Error {}

type ValidTitle = Extract<ImportedTitle, { input: unknown }>;

@Injectable()
export class ImportTitles {
  constructor(
    private readonly titles: TitleRepository,
    private readonly people: PersonRepository,
    private readonly save: SaveTitles,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Creates or replaces titles by external ID, in one transaction. An invalid title does not reject the others. A title
   * without artwork or availability keeps that of the stored one.
   *
   * @returns one result per title, in the order of the request
   */
  async run({ titles, dryRun }: ImportTitlesRequest): Promise<ImportResult[]> {
    let results: ImportResult[] = [];
    try {
      await this.transactions.run(async (tx) => {
        results = await this.import(tx, titles, dryRun);
        if (dryRun) throw new DryRun();
      });
    } catch (error) {
      if (!(error instanceof DryRun)) throw error;
    }
    return results;
  }

  private async import(tx: Transaction, titles: readonly ImportedTitle[], dryRun: boolean): Promise<ImportResult[]> {
    await lockInTransaction(tx, 'titleEditing');
    const valid = titles.filter(isValid);
    const externalIds = valid.map(({ input }) => input.externalId);
    const stored = await this.titles.listForEditing(tx, 't.external_id', externalIds);
    const byExternalId = new Map(stored.map((title) => [title.externalId, title]));
    const problems = await this.findProblems(tx, valid, byExternalId);
    const accepted = valid.filter((title) => !problems.has(title));
    const saves = new Map(
      accepted.map((title) => {
        const before = byExternalId.get(title.input.externalId);
        return [title, { id: before?.id ?? randomUUID(), input: keepLists(title.input, before), before }];
      }),
    );
    const changed = await this.save.run(tx, [...saves.values()]);
    return titles.map((title) => {
      if (!isValid(title)) return { outcome: 'rejected', problems: title.problems };
      const saved = saves.get(title);
      if (!saved) return { outcome: 'rejected', problems: problems.get(title) ?? [] };
      if (!saved.before) return { outcome: 'created', titleId: dryRun ? undefined : saved.id };
      return { outcome: changed.has(saved.id) ? 'replaced' : 'unchanged', titleId: saved.id };
    });
  }

  /** Finds the problems that a schema cannot find: repeated or deleted titles, unknown people, and kinds that cannot change. */
  private async findProblems(
    tx: Transaction,
    titles: readonly ValidTitle[],
    stored: ReadonlyMap<string | undefined, TitleDetails>,
  ): Promise<ReadonlyMap<ImportedTitle, readonly FieldError[]>> {
    const externalIds = titles.map(({ input }) => input.externalId);
    const deleted = await this.titles.findDeletedExternalIds(tx, externalIds);
    const personIds = titles.flatMap(({ input }) => input.credits.flatMap(({ personId }) => personId ?? []));
    const unknownPeople = await this.people.findUnknown(tx, new Set(personIds));
    const findStoredOfOtherKind = ({ input }: ValidTitle): TitleDetails | undefined => {
      const before = stored.get(input.externalId);
      return before?.kind === input.kind ? undefined : before;
    };
    const fixedKinds = await this.titles.findFixedKinds(
      tx,
      titles.flatMap((title) => findStoredOfOtherKind(title)?.id ?? []),
    );
    const seen = new Set<string>();
    const problems = new Map<ImportedTitle, FieldError[]>();
    for (const title of titles) {
      const { externalId, credits } = title.input;
      const found = credits.flatMap(({ personId }, index): FieldError[] =>
        personId !== undefined && unknownPeople.has(personId)
          ? [{ path: `credits.${index}.personId`, reason: 'unknownPerson' }]
          : [],
      );
      if (seen.has(externalId)) found.push({ path: 'externalId', reason: 'repeatedExternalId' });
      if (deleted.has(externalId)) found.push({ path: 'externalId', reason: 'deletedExternalId' });
      if (fixedKinds.has(findStoredOfOtherKind(title)?.id ?? '')) found.push({ path: 'kind', reason: 'kindInUse' });
      if (found.length > 0) problems.set(title, found);
      seen.add(externalId);
    }
    return problems;
  }
}

function isValid(title: ImportedTitle): title is ValidTitle {
  return 'input' in title;
}

/** Import files have no columns for these lists, so an import without them keeps the lists that an editor has added. */
function keepLists(input: ValidTitle['input'], before: TitleDetails | undefined): ValidTitle['input'] {
  const { artwork, availability } = input;
  return {
    ...input,
    artwork: artwork.length > 0 ? artwork : [...(before?.artwork ?? [])],
    availability: availability.length > 0 ? availability : [...(before?.availability ?? [])],
  };
}
