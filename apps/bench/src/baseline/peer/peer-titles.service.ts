import { Injectable, NotFoundException } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, type Repository } from 'typeorm';
import { PeerTitle } from './peer-title.entity.js';

// With the join of the default strategy, TypeORM sorts the complete table to find one page.
const WITH_PUBLICATION = { relations: { publication: true }, relationLoadStrategy: 'query' } as const;
const WITH_DETAILS = {
  relations: { publication: true, credits: { person: true } },
  relationLoadStrategy: 'query',
} as const;

@Injectable()
export class PeerTitles {
  constructor(@InjectRepository(PeerTitle) private readonly titles: Repository<PeerTitle>) {}

  async list(pageSize: number, cursor: string | undefined) {
    const [, createdAtMs] = Buffer.from(cursor ?? '', 'base64url')
      .toString('latin1')
      .split(':');
    const found = await this.titles.find({
      ...WITH_PUBLICATION,
      // Compares only the times, because all generated titles have different times. TypeORM can express a comparison of
      // rows only with OR, for which PostgreSQL does not use the index.
      ...(createdAtMs && { where: { createdAt: LessThan(new Date(Number(createdAtMs))) } }),
      order: { createdAt: 'DESC', id: 'DESC' },
      take: pageSize + 1,
    });
    const last = found.length > pageSize ? found[pageSize - 1] : undefined;
    return { page: found.slice(0, pageSize), nextCursor: last ? toListCursor(last) : null };
  }

  async get(id: string): Promise<PeerTitle> {
    const title = await this.titles.findOne({ ...WITH_DETAILS, where: { id } });
    if (!title) throw new NotFoundException();
    return title;
  }
}

function toListCursor({ createdAt, id }: Pick<PeerTitle, 'createdAt' | 'id'>): string {
  return Buffer.from(`newest:${createdAt.getTime()}:${id}`).toString('base64url');
}
