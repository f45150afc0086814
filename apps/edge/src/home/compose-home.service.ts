import { Inject, Injectable, Logger } from '@nestjs/common';
import { CodedError, isTransient } from '@viernes/contracts';
import { currentContext, requireCaller, runInContext } from '@viernes/platform';
import { ContinueWatching } from '../profile/continue-watching.js';
import { listTitlesById } from '../title/list-titles-by-id.js';
import { toTitleResponse } from '../title/title.response.js';
import { CATALOG, USER, type CatalogClient, type UserClient } from '../upstream/upstream.js';
import { cacheJson } from './home-json.js';
import type { HomeResponse, HomeRowResponse, HomeSource } from './home.operations.js';

/** Time for the complete page, including consecutive calls. */
const PAGE_TIMEOUT_MS = 2_000;

interface CatalogRows {
  readonly version: string;
  readonly rows: readonly HomeRowResponse[];
}

interface PageSection {
  readonly rows: readonly HomeRowResponse[];
  readonly unavailableSource?: HomeSource;
}

class SourceError extends Error {
  constructor(
    readonly source: HomeSource,
    override readonly cause: CodedError,
  ) {
    super(`${source} is unavailable`);
  }
}

/** Composes the home page from the rows that arrive before one deadline. */
@Injectable()
export class ComposeHome {
  private readonly logger = new Logger(ComposeHome.name);
  /** The latest rows of the catalog, by the maximum age of the caller. */
  private readonly knownRows = new Map<number | undefined, CatalogRows>();

  constructor(
    @Inject(CATALOG) private readonly catalog: CatalogClient,
    @Inject(USER) private readonly user: UserClient,
    private readonly continueWatching: ContinueWatching,
  ) {}

  /**
   * Omits the rows of a source that fails. Any other error fails the request.
   *
   * @throws CodedError UNAUTHENTICATED, PROFILE_NOT_FOUND, PIN_REQUIRED, PROFILE_NOT_SELECTED
   */
  async run(profileId: string | undefined): Promise<HomeResponse> {
    if (profileId !== undefined) requireCaller();
    const context = currentContext();
    const isSelected = profileId !== undefined && profileId === context.profileId;
    const deadlineAt = Math.min(Date.now() + PAGE_TIMEOUT_MS, context.deadlineAt ?? Infinity);
    const sections = await runInContext({ ...context, deadlineAt }, () =>
      Promise.all<PageSection>([
        profileId === undefined ? { rows: [] } : this.orUnavailable(this.continueWatchingRow(profileId)),
        isSelected ? this.orUnavailable(this.myListRow()) : { rows: [] },
        this.orUnavailable(this.catalogRows()),
      ]),
    );
    const unavailable = sections.flatMap(({ unavailableSource }) => unavailableSource ?? []);
    return { rows: sections.flatMap(({ rows }) => rows), unavailableSources: [...new Set(unavailable)] };
  }

  private async continueWatchingRow(profileId: string): Promise<HomeRowResponse[]> {
    const progress = await fromSource('user', this.continueWatching.listProgress(profileId));
    const entries = await fromSource('catalog', this.continueWatching.addTitles(progress));
    if (entries.length === 0) return [];
    const titles = entries.map(({ title, episode, positionMs, durationMs }) => ({
      ...title,
      progress: { positionMs, durationMs },
      ...(episode && { episode }),
    }));
    return [{ id: 'continue-watching', name: 'Continue watching', titles }];
  }

  private async myListRow(): Promise<HomeRowResponse[]> {
    const { entries } = await fromSource('user', this.user.listMyList({ pageSize: 0, cursor: '' }));
    const titleIds = entries.map(({ titleId }) => titleId);
    const titles = await fromSource('catalog', listTitlesById(this.catalog, titleIds));
    return titles.length === 0 ? [] : [{ id: 'my-list', name: 'My list', titles }];
  }

  private async catalogRows(): Promise<readonly HomeRowResponse[]> {
    const { maximumAge } = currentContext();
    const known = this.knownRows.get(maximumAge);
    const call = this.catalog.listHomeRows({ rowSize: 0, knownVersion: known?.version ?? '' });
    const { rows: messages, version } = await fromSource('catalog', call);
    if (known?.version === version) return known.rows;
    const rows = messages.map(({ id, name, titles }) => ({ id, name, titles: titles.map(toTitleResponse) }));
    // A catalog service of an earlier release returns no version.
    if (version !== '') {
      this.knownRows.set(maximumAge, { version, rows });
      for (const row of rows) cacheJson(row);
    }
    return rows;
  }

  private async orUnavailable(rows: Promise<readonly HomeRowResponse[]>): Promise<PageSection> {
    try {
      return { rows: await rows };
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      const { source, cause } = error;
      this.logger.warn({ source, code: cause.code, reason: String(cause.cause) }, 'home source unavailable');
      return { rows: [], unavailableSource: source };
    }
  }
}

/** @throws SourceError if the source is unavailable, late or broken; any other error unchanged */
async function fromSource<Response>(source: HomeSource, response: Promise<Response>): Promise<Response> {
  try {
    return await response;
  } catch (error) {
    if (isTransient(error)) throw new SourceError(source, error);
    if (error instanceof CodedError && error.code === 'INTERNAL') throw new SourceError(source, error);
    throw error;
  }
}
