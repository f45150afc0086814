import { Controller, DefaultValuePipe, Get, Param, ParseIntPipe, ParseUUIDPipe, Query } from '@nestjs/common';
import type { PeerTitle } from './peer-title.entity.js';
import { PeerTitles } from './peer-titles.service.js';

@Controller('v1/titles')
export class PeerTitlesController {
  constructor(private readonly titles: PeerTitles) {}

  @Get()
  async list(
    @Query('pageSize', new DefaultValuePipe(20), ParseIntPipe) pageSize: number,
    @Query('cursor') cursor: string | undefined,
  ) {
    const { page, nextCursor } = await this.titles.list(pageSize, cursor);
    const notRequested = { estimatedTotal: null, isTotalLowerBound: false, highlights: null };
    return { titles: page.map(toResponse), nextCursor, ...notRequested };
  }

  @Get(':id')
  async get(@Param('id', ParseUUIDPipe) id: string) {
    return toDetailsResponse(await this.titles.get(id));
  }
}

/** The same fields in the same order as in the responses of the platform. */
function toResponse({ publication, createdAt, ...title }: PeerTitle) {
  return {
    id: title.id,
    kind: title.kind,
    name: title.name,
    slug: title.slug,
    synopsis: title.synopsis,
    releaseYear: title.releaseYear,
    genres: title.genres,
    directors: title.directors,
    maturityRating: title.maturityRating,
    minimumAge: title.minimumAge,
    runtimeMinutes: title.runtimeMinutes,
    seasonCount: title.seasonCount,
    score: title.score,
    artwork: title.artwork,
    isPlayable: publication !== null,
    assetId: publication?.assetId ?? null,
    durationMs: publication?.durationMs ?? null,
    createdAt,
  };
}

function toDetailsResponse(title: PeerTitle) {
  return {
    ...toResponse(title),
    externalId: title.externalId,
    countries: title.countries,
    languages: title.languages,
    addedOn: title.addedOn,
    availability: title.availability,
    // TypeORM cannot order rows of a relation that it loads with a separate query.
    credits: (title.credits ?? [])
      .toSorted((a, b) => a.position - b.position)
      .map(({ person, role, character }) => ({ personId: person.id, name: person.name, role, character })),
    revision: title.revision,
    updatedAt: title.updatedAt,
  };
}
