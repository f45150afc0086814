/** The fields of a title that a column of a CSV file can contain. */
export const TITLE_FIELDS = [
  'id',
  'kind',
  'name',
  'directors',
  'actors',
  'countries',
  'addedOn',
  'releaseYear',
  'maturityRating',
  'duration',
  'genres',
  'synopsis',
  'runtimeMinutes',
  'seasonCount',
  'score',
  'languages',
  'writers',
  'producers',
  'composers',
  'characters',
  'exact',
] as const;

export type TitleField = (typeof TITLE_FIELDS)[number];

/** The columns that `export` writes, in their order. `import` reads them without a mapping file. */
export const STANDARD_COLUMNS = {
  id: 'show_id',
  kind: 'type',
  name: 'title',
  directors: 'director',
  actors: 'cast',
  countries: 'country',
  addedOn: 'date_added',
  releaseYear: 'release_year',
  maturityRating: 'rating',
  duration: 'duration',
  genres: 'listed_in',
  synopsis: 'description',
} as const satisfies Partial<Record<TitleField, string>>;

/** Columns that `export` adds if a title has a value for them. */
export const FURTHER_COLUMNS = [
  'score',
  'languages',
  'writers',
  'producers',
  'composers',
  'characters',
  'runtimeMinutes',
  'seasonCount',
  'exact',
] as const satisfies TitleField[];
