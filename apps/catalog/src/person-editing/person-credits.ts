import { Injectable } from '@nestjs/common';
import type { Transaction } from '@viernes/database';
import { SaveTitles, toTitleInput, type TitleSave } from '../editing/save-titles.service.js';
import { CreditEntity } from '../person/credit.entity.js';
import { MAX_CREDITS, type Credit } from '../person/credit.js';
import type { PersonEntity } from '../person/person.entity.js';
import type { TitleDetails } from '../title/title.js';
import { TitleRepository } from '../title/title.repository.js';
import { DeletedPersonEntity, type RemovedCredit } from './deleted-person.entity.js';

type Person = Pick<PersonEntity, 'id' | 'name'>;

/** Titles per statement, as in an import. */
const BATCH_TITLES = 250;

/**
 * Removes and restores the credits of a person. Saves each title like a change by an editor, so that its history,
 * search, and events show the change, and an editor who has read the previous revision cannot overwrite it. The
 * transaction must hold the lock `titleEditing`.
 */
@Injectable()
export class PersonCredits {
  constructor(
    private readonly titles: TitleRepository,
    private readonly save: SaveTitles,
  ) {}

  /** Removes a person from all titles, including deleted ones. @returns the removed credits */
  async remove(tx: Transaction, { id: personId, name }: Person): Promise<RemovedCredit[]> {
    const credits = await tx.find(CreditEntity, { select: { titleId: true }, where: { personId } });
    const namesakes = await tx.findBy(DeletedPersonEntity, { name });
    const removed: RemovedCredit[] = [];
    await this.change(tx, new Set(credits.map(({ titleId }) => titleId)), (title) => {
      const removedBefore = namesakes.flatMap(({ id, credits: all }) =>
        all.filter(({ titleId }) => titleId === title.id).map((each): Credit => ({ ...each, personId: id, name })),
      );
      const others = [...title.credits, ...removedBefore].filter((each) => each.personId !== personId);
      title.credits.forEach((credit, position) => {
        if (credit.personId !== personId) return;
        const { role, character } = credit;
        const isShared = others.some((each) => isSameExceptPerson(each, credit));
        removed.push({ titleId: title.id, position, role, character, isShared });
      });
      return title.credits.filter((credit) => credit.personId !== personId);
    });
    return removed;
  }

  /**
   * Adds the removed credits at their previous positions. Omits a credit if the title has an equal one of another
   * person, and did not have it at the deletion. Omits the last credits if the title would have more than MAX_CREDITS.
   */
  async restore(tx: Transaction, { id, name }: Person, removed: readonly RemovedCredit[]): Promise<void> {
    await this.change(tx, new Set(removed.map(({ titleId }) => titleId)), (title) =>
      removed
        .filter(({ titleId }) => titleId === title.id)
        .map(({ role, character, ...each }) => ({ ...each, credit: { personId: id, name, role, character } }))
        .filter(({ credit, isShared }) => isShared || !title.credits.some((each) => isSameExceptPerson(each, credit)))
        .slice(0, Math.max(0, MAX_CREDITS - title.credits.length))
        .reduce<readonly Credit[]>(
          (credits, { position, credit }) => credits.toSpliced(position, 0, credit),
          title.credits,
        ),
    );
  }

  private async change(
    tx: Transaction,
    titleIds: ReadonlySet<string>,
    toCredits: (title: TitleDetails) => readonly Credit[],
  ): Promise<void> {
    const ids = [...titleIds];
    for (let start = 0; start < ids.length; start += BATCH_TITLES) {
      const titles = await this.titles.listWithDeleted(tx, ids.slice(start, start + BATCH_TITLES));
      const saves = titles.map((before): TitleSave => {
        const input = { ...toTitleInput(before), credits: toCredits(before) };
        return { id: before.id, input, before };
      });
      await this.save.run(tx, saves);
    }
  }
}

function isSameExceptPerson(one: Credit, other: Credit): boolean {
  return one.name === other.name && one.role === other.role && one.character === other.character;
}
