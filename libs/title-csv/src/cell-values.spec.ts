import { enumValues } from '@viernes/api-client';
import { findCountry, toCountryName } from './countries.js';
import { DateFormat, toLongDate } from './date-format.js';
import { findLanguage } from './languages.js';
import { joinList, splitList } from './list-cell.js';

describe('findCountry', () => {
  it.each([
    ['Germany', 'DE'],
    ['south korea', 'KR'],
    ['Czech Republic', 'CZ'],
    ['Turkey', 'TR'],
    ['Türkiye', 'TR'],
    ['Hong Kong', 'HK'],
    ['Palestine', 'PS'],
    ['Vatican City', 'VA'],
    ['Bosnia & Herzegovina', 'BA'],
    ['USA', 'US'],
    ['The Bahamas', 'BS'],
    ['fr', 'FR'],
  ])('converts the country %j to %s', (name, code) => {
    expect(findCountry(name)).toEqual({ code, isFormer: false });
  });

  it('assigns former states to countries', () => {
    expect(findCountry('West Germany')).toEqual({ code: 'DE', isFormer: true });
    expect(findCountry('Soviet Union')).toEqual({ code: 'RU', isFormer: true });
  });

  it('returns undefined for an unknown name', () => {
    expect(findCountry('Atlantis')).toBeUndefined();
  });

  it('finds each country by the name that an export contains', () => {
    const found = enumValues.CountryCode.map((code) => findCountry(toCountryName(code))?.code);
    expect(found).toEqual(enumValues.CountryCode);
  });
});

describe('findLanguage', () => {
  it.each([
    ['German', 'de'],
    ['EN', 'en'],
    ['pt_br', 'pt-BR'],
    ['Klingonese', undefined],
    ['', undefined],
  ])('converts the language %j to %s', (text, tag) => {
    expect(findLanguage(text)).toBe(tag);
  });
});

describe('DateFormat', () => {
  it.each([
    ['MMMM d, yyyy', 'September 25, 2021', '2021-09-25'],
    ['MMMM d, yyyy', 'September 31, 2021', undefined],
    ['MMMM d, yyyy', 'Septembre 25, 2021', undefined],
    ['d-MMM-yyyy', '1-feb-2020', '2020-02-01'],
    ['dd.MM.yyyy', '01.02.2020', '2020-02-01'],
    ['M/d/yyyy', '2/1/2020', '2020-02-01'],
    ['yyyy-MM-dd', '2020-02-30', undefined],
  ])('with the format %j, parses the date %j as %s', (format, text, date) => {
    expect(new DateFormat(format).parse(text)).toBe(date);
  });

  it('rejects a format without a day', () => {
    expect(() => new DateFormat('MMMM yyyy')).toThrow('"MMMM yyyy" is not a date format');
  });

  it('parses the dates that an export contains', () => {
    expect(toLongDate('2021-09-05')).toBe('September 5, 2021');
    expect(new DateFormat('MMMM d, yyyy').parse(toLongDate('2021-09-05'))).toBe('2021-09-05');
  });
});

describe('lists in a cell', () => {
  it.each([
    ['a, b,c', ',', ['a', 'b', 'c']],
    ['', ',', []],
    [', South Korea', ',', ['', 'South Korea']],
    ['United States,', ',', ['United States', '']],
    ['Drama|Comedy', '|', ['Drama', 'Comedy']],
    ['Dwayne "The Rock" Johnson, Vin Diesel', ',', ['Dwayne "The Rock" Johnson', 'Vin Diesel']],
    ['"Weird Al" Yankovic, "Downey, Jr."', ',', ['"Weird Al" Yankovic', 'Downey, Jr.']],
  ])('splits %j', (cell, separator, items) => {
    expect(splitList(cell, separator)).toEqual(items);
  });

  it.each([
    [[]],
    [['a']],
    [['Downey, Jr.', 'b']],
    [['"quoted"', 'x']],
    [['say "hi, you"', 'y']],
    [['"', ',']],
    [['"Weird Al" Yankovic']],
  ])('splits the joined %j into the same items', (items) => {
    expect(splitList(joinList(items))).toEqual(items);
  });
});
