import { useQuery } from '@tanstack/react-query';
import { getHome, type TitleFilter } from '../api/titles.js';
import { genresIn } from './genres.js';

export interface FilterBarProps {
  readonly filter: TitleFilter;
  readonly onChange: (part: Partial<TitleFilter>) => void;
}

export function FilterBar({ filter, onChange }: FilterBarProps) {
  const home = useQuery({ queryKey: ['home', undefined], queryFn: ({ signal }) => getHome(undefined, signal) });
  const genres = genresIn(home.data?.rows ?? [], filter.genre);
  const chip = (name: string, isOn: boolean, part: Partial<TitleFilter>) => (
    <button key={name} type="button" className="chip" aria-pressed={isOn} onClick={() => onChange(part)}>
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
