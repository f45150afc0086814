import { Controller, Inject } from '@nestjs/common';
import { Handles, Input, type InputOf, type ResponseOf } from '@viernes/gateway';
import type { catalogV1 } from '@viernes/contracts';
import { required } from '../upstream/required.js';
import { CATALOG, type CatalogClient } from '../upstream/upstream.js';
import { DELETED_KINDS, listDeletions, type DeletionResponse } from './deletion.operations.js';

@Controller()
export class DeletionController {
  constructor(@Inject(CATALOG) private readonly catalog: CatalogClient) {}

  @Handles(listDeletions)
  async list(
    @Input(listDeletions) { query }: InputOf<typeof listDeletions>,
  ): Promise<ResponseOf<typeof listDeletions>> {
    const request = { pageSize: 0, cursor: '', ...query };
    const { deletions, nextCursor } = await this.catalog.listDeletions(request);
    return { deletions: deletions.map(toDeletionResponse), nextCursor: nextCursor === '' ? null : nextCursor };
  }
}

function toDeletionResponse({ kind, id, name, releaseYear, deletedAt }: catalogV1.Deletion): DeletionResponse {
  return {
    kind: required(DELETED_KINDS[kind - 1], 'kind'),
    id,
    name,
    releaseYear: releaseYear ?? null,
    deletedAt: required(deletedAt, 'deleted_at'),
  };
}
