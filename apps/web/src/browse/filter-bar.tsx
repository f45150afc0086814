import { useQuery } from '@tanstack/react-query';
import type { Schema } from '@viernes/api-client';
import { type TitleFilter, getHome } from '../title/titles.js';

export interface FilterBarProps {
  readonly filter: TitleFilter;
  readonly onChange: (change: Partial<TitleFilter>) => void;
}

export function FilterBar({ filter, onChange }: FilterBarProps) {
  const home = useQuery({ queryKey: ['home', undefined], queryFn: ({ signal }) => getHome(undefined, signal) });
  const genres = listGenres(home.data?.rows ?? [], filter.genre);
  const chip = (name: string, isOn: boolean, change: Partial<TitleFilter>) => (
    <button key={name} type="button" className="chip" aria-pressed={isOn} onClick={() => onChange(change)}>
      {name}
    </button>
  );
  return (
    <div className="filter-bar" role="group" aria-label="Filters">
      {chip('Playable', filter.isPlayable, { isPlayable: !filter.isPlayable })}
      {chip('Films', filter.kind === 'film', { kind: filter.kind === 'film' ? '' : 'film' })}
      {chip('Series', filter.kind === 'series', { kind: filter.kind === 'series' ? '' : 'series' })}
      <span className="filter-rule" aria-hidden="true" />
      {genres.map((genre) => chip(genre, filter.genre === genre, { genre: filter.genre === genre ? '' : genre }))}
    </div>
  );
}

/** Lists the genres on the home page and the selected one, because the API has no list of genres. */
function listGenres(rows: readonly Schema<'HomeRow'>[], selected: string): string[] {
  const genres = new Set(rows.flatMap((row) => row.titles.flatMap((title) => title.genres)));
  if (selected) genres.add(selected);
  return [...genres].sort((one, other) => one.localeCompare(other));
}
