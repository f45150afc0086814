import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import { catalogV1 } from '@viernes/contracts';
import { Access, pageSize } from '@viernes/platform';
import { z } from 'zod';
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
    const { entries, nextCursor } = await this.deletions.list(cursor, pageSize);
    return { deletions: entries.map(toDeletionMessage), nextCursor };
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
