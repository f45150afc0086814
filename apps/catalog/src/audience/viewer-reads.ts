import { Injectable } from '@nestjs/common';
import { Reads, type ReadStatement } from '@viernes/database';
import { currentContext } from '@viernes/platform';
import { isEditor } from './is-editor.js';

const VISIBLE = /\bvisible_title\b/;

/**
 * Reads the titles that the selected profile of a request can see. Every read of `visible_title` that viewers call uses
 * this class. For a profile with a maximum age, titles above this age and unrated titles do not exist (decision 27).
 */
@Injectable()
export class ViewerReads {
  constructor(private readonly reads: Reads) {}

  /**
   * @param statement reads titles from `visible_title`
   * @param includesHidden whether the statement also reads titles outside of their availability windows, for editors
   */
  async run<Row extends object>(
    statement: ReadStatement,
    values: readonly unknown[] = [],
    includesHidden = false,
  ): Promise<Row[]> {
    const { maximumAge } = currentContext();
    const selected = includesHidden && isEditor() ? includeHidden(statement) : limitStatement(statement, maximumAge);
    return this.reads.run<Row>(selected, values);
  }
}

/** Limits a statement to titles up to a maximum age. A named statement is prepared once for each of the few ages. */
export function limitStatement(statement: ReadStatement, maximumAge: number | undefined): ReadStatement {
  if (!VISIBLE.test(statement.text)) throw new Error(`the statement does not read visible_title: ${statement.text}`);
  if (maximumAge === undefined) return statement;
  const age = Math.trunc(maximumAge);
  return replaceVisible(statement, `-up-to-${age}`, `SELECT * FROM visible_title WHERE minimum_age <= ${age}`);
}

function includeHidden(statement: ReadStatement): ReadStatement {
  return replaceVisible(statement, '-with-hidden', 'SELECT * FROM title WHERE deleted_at IS NULL');
}

function replaceVisible({ name, text }: ReadStatement, suffix: string, select: string): ReadStatement {
  return {
    ...(name !== undefined && { name: `${name}${suffix}` }),
    text: text.replaceAll(new RegExp(VISIBLE, 'g'), `(${select})`),
  };
}
