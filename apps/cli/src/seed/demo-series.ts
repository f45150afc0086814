import type { NewTitle } from '@viernes/title-csv';

/** A series without video files. Its values demonstrate the filters of the catalog. */
interface DemoSeries extends Pick<NewTitle, 'maturityRating' | 'countries' | 'languages' | 'genres'> {
  readonly slug: string;
  readonly name: string;
  readonly synopsis: string;
  readonly releaseYear: number;
  readonly seasonCount: number;
  readonly score: number;
  readonly addedOn: string;
  readonly director: string;
  readonly composer: string;
  /** People by the characters that they play. */
  readonly cast: Readonly<Record<string, string>>;
}

/** All series and people are invented. */
const DEMO_SERIES: readonly DemoSeries[] = [
  {
    slug: 'nachtzug',
    name: 'Nachtzug',
    synopsis: 'Two conductors run the last night train between two cities that are on no map.',
    ...{ genres: ['Drama', 'Mystery'], countries: ['DE', 'AT'], languages: ['de'] },
    ...{ releaseYear: 2019, seasonCount: 3, score: 8.4, maturityRating: 'TV-14', addedOn: '2026-01-09' },
    ...{ director: 'Jonna Wiesental', composer: 'Emre Akarsu' },
    cast: { Hedda: 'Marit Osterloh', Konrad: 'Pavel Riemann', 'The passenger': 'Ines Tagore' },
  },
  {
    slug: 'la-casa-del-faro',
    name: 'La casa del faro',
    synopsis: 'A lighthouse keeper answers letters that arrive thirty years late.',
    ...{ genres: ['Drama', 'Romance'], countries: ['ES'], languages: ['es', 'gl'] },
    ...{ releaseYear: 2021, seasonCount: 2, score: 7.9, maturityRating: 'TV-PG', addedOn: '2026-02-13' },
    ...{ director: 'Lucía Barreiro', composer: 'Tomás Quiroga' },
    cast: { Amaro: 'Xoán Valcárcel', Elvira: 'Nerea Sotomayor' },
  },
  {
    slug: 'paper-moons',
    name: 'Paper Moons',
    synopsis: 'A stationery shop sells one blank diary per day. What people write in it has already happened.',
    ...{ genres: ['Fantasy', 'Comedy'], countries: ['GB', 'IE'], languages: ['en'] },
    ...{ releaseYear: 2023, seasonCount: 1, score: 7.2, maturityRating: 'TV-PG', addedOn: '2026-03-06' },
    ...{ director: 'Orla Fennimore', composer: 'Ines Tagore' },
    cast: { Wren: 'Beth Calloway', 'Mr. Tidewell': 'Osei Lathbury' },
  },
  {
    slug: 'tsuki-no-shokudo',
    name: '月の食堂',
    synopsis: 'A diner on the far side of the moon serves one guest per night, and one memory per guest.',
    ...{ genres: ['Animation', 'Science Fiction'], countries: ['JP'], languages: ['ja'] },
    ...{ releaseYear: 2020, seasonCount: 4, score: 8.8, maturityRating: 'TV-G', addedOn: '2026-01-23' },
    ...{ director: '三浦あかり', composer: '高木蓮' },
    cast: { 店主: '北村澪', ハル: '小野寺湊' },
  },
  {
    slug: 'harat-al-yasmin',
    name: 'حارة الياسمين',
    synopsis: 'Four neighbors share one roof, one radio, and every secret of their street.',
    ...{ genres: ['Comedy', 'Family'], countries: ['EG', 'JO'], languages: ['ar'] },
    ...{ releaseYear: 2018, seasonCount: 5, score: 7.6, maturityRating: 'TV-PG', addedOn: '2026-04-17' },
    ...{ director: 'ليلى منصور', composer: 'سامر الحداد' },
    cast: { فريدة: 'نادين شوقي', مراد: 'يوسف درويش' },
  },
  {
    slug: 'les-archivistes',
    name: 'Les Archivistes',
    synopsis: 'The records of a town that never existed arrive in boxes, and someone signs for them each morning.',
    ...{ genres: ['Mystery', 'Thriller'], countries: ['FR', 'BE'], languages: ['fr'] },
    ...{ releaseYear: 2022, seasonCount: 2, score: 8.1, maturityRating: 'TV-MA', addedOn: '2026-02-27' },
    ...{ director: 'Maëlle Corbin', composer: 'Emre Akarsu' },
    cast: { Solène: 'Agathe Vaudoyer', Mathis: 'Idriss Lemoine' },
  },
  {
    slug: 'meridian-station',
    name: 'Meridian Station',
    synopsis: 'Six researchers in Antarctica agree on everything except what day it is.',
    ...{ genres: ['Science Fiction', 'Thriller'], countries: ['US', 'CA', 'NZ'], languages: ['en'] },
    ...{ releaseYear: 2024, seasonCount: 2, score: 8.6, maturityRating: 'TV-MA', addedOn: '2026-05-01' },
    ...{ director: 'Dana Whitlock', composer: 'Tomás Quiroga' },
    cast: { 'Dr. Okafor': 'Adaeze Monroe', Lindqvist: 'Pavel Riemann', Rae: 'Beth Calloway' },
  },
  {
    slug: 'monsoon-radio',
    name: 'Monsoon Radio',
    synopsis: 'A pirate radio station plays requests from callers who have not been born yet.',
    ...{ genres: ['Drama', 'Music'], countries: ['IN'], languages: ['hi', 'en'] },
    ...{ releaseYear: 2017, seasonCount: 3, score: 7.8, maturityRating: 'TV-14', addedOn: '2026-03-20' },
    ...{ director: 'Devika Narang', composer: 'Farhan Seth' },
    cast: { Meher: 'Ines Tagore', Kabir: 'Rohan Deshmane' },
  },
  {
    slug: 'fjord',
    name: 'Fjord',
    synopsis: 'A ferry captain, a geologist, and a choir investigate a sound below the ice.',
    ...{ genres: ['Crime', 'Mystery'], countries: ['NO', 'SE', 'DK'], languages: ['no', 'sv'] },
    ...{ releaseYear: 2016, seasonCount: 4, score: 8.2, maturityRating: 'TV-MA', addedOn: '2026-01-30' },
    ...{ director: 'Sunniva Aasland', composer: 'Emre Akarsu' },
    cast: { Torvald: 'Eirik Solbakken', Liv: 'Marit Osterloh' },
  },
  {
    slug: 'cidade-de-vidro',
    name: 'Cidade de Vidro',
    synopsis: 'Window cleaners see one crime per floor of the tallest tower of São Paulo.',
    ...{ genres: ['Crime', 'Drama'], countries: ['BR'], languages: ['pt-BR'] },
    ...{ releaseYear: 2025, seasonCount: 1, score: 7.5, maturityRating: 'TV-MA', addedOn: '2026-05-22' },
    ...{ director: 'Caio Bittencourt', composer: 'Lívia Sampaio' },
    cast: { Jandira: 'Taís Moreno', Nilo: 'Xoán Valcárcel' },
  },
  {
    slug: 'button-and-thread',
    name: 'Button and Thread',
    synopsis: 'A button and a thread travel through the pockets of a coat, and count to ten on the way.',
    ...{ genres: ['Animation', 'Family'], countries: ['CA'], languages: ['en', 'fr'] },
    ...{ releaseYear: 2022, seasonCount: 2, score: 7, maturityRating: 'TV-Y', addedOn: '2026-04-03' },
    ...{ director: 'Colette Marchbanks', composer: 'Lívia Sampaio' },
    cast: { Button: 'Beth Calloway', Thread: 'Idriss Lemoine' },
  },
  {
    slug: 'seoul-night-market',
    name: 'Seoul Night Market',
    synopsis: 'A stall sells lost hours, wrapped in newspaper. The recipe is on the last page.',
    ...{ genres: ['Fantasy', 'Romance'], countries: ['KR'], languages: ['ko'] },
    ...{ releaseYear: 2023, seasonCount: 1, score: 8.3, maturityRating: 'TV-Y7', addedOn: '2026-03-13' },
    ...{ director: 'Han Seo-yun', composer: 'Moon Ji-ho' },
    cast: { 'Mi-rae': 'Yoo Da-on', Jun: 'Seo Tae-gyeom' },
  },
];

/** Returns the demo series as titles of the API. */
export function listDemoSeries(): NewTitle[] {
  return DEMO_SERIES.map(({ slug, director, composer, cast, ...series }) => ({
    ...series,
    kind: 'series',
    credits: [
      { name: director, role: 'director' },
      ...Object.entries(cast).map(([character, name]) => ({ name, role: 'actor' as const, character })),
      { name: composer, role: 'composer' },
    ],
    externalId: toExternalId(slug),
  }));
}

export function toExternalId(slug: string): string {
  return `viernes/demo/${slug}`;
}
