import { Inject, Injectable, Logger } from '@nestjs/common';
import { CodedError, isTransient } from '@viernes/contracts';
import { requireCaller } from '@viernes/platform';
import { ContinueWatching } from '../continue-watching/continue-watching.service.js';
import { toTitleResponse } from '../title/title.response.js';
import { CATALOG, type CatalogClient } from '../upstream/upstream.js';
import type { HomeResponse, HomeRowResponse } from './home.operations.js';

/** All rows together; what is not there by then is missing. */
const ROWS_TIMEOUT_MS = 2_000;

type Source = HomeResponse['unavailableSources'][number];

interface Part {
  readonly rows: readonly HomeRowResponse[];
  readonly unavailableSources?: Source;
}

/** Composes the home screen out of what arrives before one deadline. */
@Injectable()
export class Home {
  private readonly logger = new Logger(Home.name);

  constructor(
    @Inject(CATALOG) private readonly catalog: CatalogClient,
    private readonly continueWatching: ContinueWatching,
  ) {}

  /** @throws CodedError UNAUTHENTICATED, PROFILE_NOT_FOUND: faults of the request never degrade */
  async compose(profileId: string | undefined): Promise<HomeResponse> {
    if (profileId !== undefined) requireCaller();
    const parts = await Promise.all<Part>([
      profileId === undefined ? { rows: [] } : this.orMissing('user', this.personalRows(profileId)),
      this.orMissing('catalog', this.catalogRows()),
    ]);
    return {
      rows: parts.flatMap(({ rows }) => rows),
      unavailableSources: parts.flatMap(({ unavailableSources }) => unavailableSources ?? []),
    };
  }

  private async personalRows(profileId: string): Promise<HomeRowResponse[]> {
    const entries = await this.continueWatching.list(profileId, { timeoutMs: ROWS_TIMEOUT_MS });
    if (entries.length === 0) return [];
    const titles = entries.map(({ title, positionMs, durationMs }) => ({
      ...title,
      progress: { positionMs, durationMs },
    }));
    return [{ id: 'continue-watching', name: 'Continue watching', titles }];
  }

  private async catalogRows(): Promise<HomeRowResponse[]> {
    const { rows } = await this.catalog.listHomeRows({ rowSize: 0 }, { timeoutMs: ROWS_TIMEOUT_MS });
    return rows.map(({ id, name, titles }) => ({ id, name, titles: titles.map(toTitleResponse) }));
  }

  private async orMissing(source: Source, rows: Promise<HomeRowResponse[]>): Promise<Part> {
    try {
      return { rows: await rows };
    } catch (error) {
      if (!isTheirFault(error)) throw error;
      this.logger.warn({ source, code: error.code, reason: String(error.cause) }, 'home without a part');
      return { rows: [], unavailableSources: source };
    }
  }
}

/** A source that is away, late or broken leaves a gap; what is wrong with the request itself is told. */
function isTheirFault(error: unknown): error is CodedError {
  return isTransient(error) || (error instanceof CodedError && error.code === 'INTERNAL');
}
