import { Injectable } from '@nestjs/common';
import { Reads, type ReadStatement } from '@viernes/database';
import { currentContext } from '@viernes/platform';

/**
 * Reads what the selected profile of a request can see. Every read of `visible_title` that viewers call uses it, so that
 * titles above the maximum age of the profile, and unrated ones, do not exist for it (decision 27).
 */
@Injectable()
export class ViewerReads {
  constructor(private readonly reads: Reads) {}

  /** @param statement reads titles from `visible_title` */
  async run<Row extends object>(statement: ReadStatement, values: readonly unknown[] = []): Promise<Row[]> {
    return this.reads.run<Row>(limitStatement(statement, currentContext().maximumAge), values);
  }
}

/** A named statement is prepared once per maximum age, of which there are few. */
export function limitStatement(statement: ReadStatement, maximumAge: number | undefined): ReadStatement {
  const { name, text } = statement;
  if (!/\bvisible_title\b/.test(text)) throw new Error(`the statement does not read visible_title: ${text}`);
  if (maximumAge === undefined) return statement;
  const age = Math.trunc(maximumAge);
  return {
    ...(name !== undefined && { name: `${name}-up-to-${age}` }),
    text: text.replaceAll(/\bvisible_title\b/g, `(SELECT * FROM visible_title WHERE minimum_age <= ${age})`),
  };
}
