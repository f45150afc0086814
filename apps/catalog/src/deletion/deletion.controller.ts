import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import { catalogV1 } from '@viernes/contracts';
import { Access, pageSize } from '@viernes/platform';
import { z } from 'zod';
import { decodeDeletionCursor, encodeDeletionCursor } from './deletion-cursor.js';
import type { Deletion } from './deletion.js';
import { DeletionRepository } from './deletion.repository.js';

const ListDeletionsRequest = z.object({ pageSize: pageSize(24, 100), cursor: z.string().max(200) });

type ListDeletionsRequest = z.infer<typeof ListDeletionsRequest>;

const KINDS: Readonly<Record<Deletion['kind'], catalogV1.DeletedKind>> = {
  film: catalogV1.DeletedKind.DELETED_KIND_FILM,
  series: catalogV1.DeletedKind.DELETED_KIND_SERIES,
  person: catalogV1.DeletedKind.DELETED_KIND_PERSON,
};

@Controller()
export class DeletionController {
  constructor(private readonly deletions: DeletionRepository) {}

  @GrpcMethod('CatalogService', 'listDeletions')
  @Access('editor')
  async listDeletions(
    @Payload({ schema: ListDeletionsRequest }) { cursor, pageSize }: ListDeletionsRequest,
  ): Promise<catalogV1.ListDeletionsResponse> {
    // One extra deletion shows whether there is a next page.
    const found = await this.deletions.list(decodeDeletionCursor(cursor), pageSize + 1);
    const deletions = found.slice(0, pageSize);
    const last = found.length > pageSize ? deletions.at(-1) : undefined;
    return { deletions: deletions.map(toDeletionMessage), nextCursor: last ? encodeDeletionCursor(last) : '' };
  }
}

function toDeletionMessage({ kind, releaseYear, deletedAt, ...deletion }: Deletion): catalogV1.Deletion {
  return {
    ...deletion,
    kind: KINDS[kind],
    releaseYear: releaseYear ?? undefined,
    deletedAt: deletedAt.toISOString(),
  };
}
