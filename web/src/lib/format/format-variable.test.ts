import { describe, expect, it } from 'vitest';
import type { Variable } from '@/contract/types';
import { PLACE, variable } from '@/testing/state';
import { formatVariable } from './format-variable';

const shown = (dataType: Variable['dataType'], value: string, place = PLACE) => {
  const view = formatVariable(variable({ dataType, value }), place);
  return view.kind === 'value'
    ? `${view.text}${view.mark === null ? '' : ' (as it came)'}`
    : view.kind;
};
const german = { locale: 'de-DE', currency: 'EUR', timeZone: 'Europe/Berlin' };

describe('currency', () => {
  it.each([
    ['299.99', '$299.99'],
    ['1250.75', '$1,250.75'],
    ['0', '$0.00'],
    ['-5', '-$5.00'],
    ['299.9', '$299.90'],
    ['12.345', '$12.345'],
    ['0.1', '$0.10'],
    // Beyond what a binary float can hold.
    ['9007199254740993.07', '$9,007,199,254,740,993.07'],
    ['1234567890123456789012345.67', '$1,234,567,890,123,456,789,012,345.67'],
  ])('%s is read as %s', (value, text) => expect(shown('currency', value)).toBe(text));

  it.each([
    '$1,250.75',
    '1,250.75',
    '1e400',
    'NaN',
    'Infinity',
    '0x10',
    ' 299.99',
    '299.99 ',
    '+5',
    '.5',
    '5.',
    '007',
    '--1',
    '1 000',
    '１２３',
    '1_000',
    'free',
    '1'.repeat(41),
    `0.${'1'.repeat(21)}`,
  ])('%s is shown as it came', (value) => {
    expect(shown('currency', value)).toBe(`${value} (as it came)`);
  });

  it('follows the currency of the center, which is not in the data', () => {
    expect(shown('currency', '1250.75', german)).toBe('1.250,75\u00a0€');
    const yen = { ...PLACE, locale: 'ja-JP', currency: 'JPY' };
    expect(shown('currency', '1250', yen)).toBe('￥1,250');
    expect(shown('currency', '1250.5', yen)).toBe('￥1,250.5');
    const view = formatVariable(variable({ dataType: 'currency', value: '1' }), PLACE);
    expect(view).toMatchObject({ hint: "Amount in USD, this center's currency" });
  });
});

describe('number', () => {
  it.each([
    ['1250.750', '1,250.750'],
    ['1000000', '1,000,000'],
    ['-0.5', '-0.5'],
    ['12345678901234567890', '12,345,678,901,234,567,890'],
  ])('%s is read as %s', (value, text) => expect(shown('number', value)).toBe(text));

  it('keeps leading zeros, which are part of an identifier', () => {
    expect(shown('number', '00123')).toBe('00123 (as it came)');
  });

  it('is grouped as the locale groups', () => {
    expect(shown('number', '1250.5', german)).toBe('1.250,5');
  });
});

describe('date', () => {
  it.each([
    ['2024-07-10', 'July 10, 2024'],
    ['2024-02-29', 'February 29, 2024'],
    ['0099-01-01', 'January 1, 99'],
    ['2024-07-10T03:30:00Z', 'July 9, 2024 at 11:30 PM EDT'],
    ['2024-12-24T10:00:00+02:00', 'December 24, 2024 at 3:00 AM EST'],
  ])('%s is read as %s', (value, text) => expect(shown('date', value)).toBe(text));

  it('is never shifted by a day, wherever the browser or the center is', () => {
    for (const timeZone of ['Pacific/Auckland', 'Pacific/Honolulu', 'UTC']) {
      expect(shown('date', '2024-07-10', { ...PLACE, timeZone })).toBe('July 10, 2024');
    }
  });

  it.each([
    '04 July 2019',
    '2023-02-29',
    '2024-13-01',
    '2024-7-9',
    '10/07/2024',
    '07-10-2024',
    '0000-01-01',
    '2024-07-10T25:00:00Z',
    '2024-07-10T10:00',
    '20240710',
    '2024-07-10 ',
    'tomorrow',
  ])('%s is shown as it came', (value) => {
    expect(shown('date', value)).toBe(`${value} (as it came)`);
  });

  it('follows the locale', () => expect(shown('date', '2024-07-10', german)).toBe('10. Juli 2024'));
});

describe('time', () => {
  it.each([
    ['15:30', '3:30 PM'],
    ['00:05', '12:05 AM'],
    ['15:30:07', '3:30:07 PM'],
    ['2024-07-10T03:30:00Z', 'July 9, 2024 at 11:30 PM EDT'],
  ])('%s is read as %s', (value, text) => expect(shown('time', value)).toBe(text));

  it.each(['24:00', '12:60', '3:30', '3:30 PM', '15.30', 'noon'])(
    '%s is shown as it came',
    (value) => {
      expect(shown('time', value)).toBe(`${value} (as it came)`);
    },
  );
});

describe('phone', () => {
  it.each([
    ['+12025550143', '(202) 555-0143'],
    ['2025550143', '(202) 555-0143'],
    ['(202) 555-0143', '(202) 555-0143'],
    ['16175551234', '(617) 555-1234'],
    ['+442079460018', '+44 20 7946 0018'],
    ['442079460018', '+44 20 7946 0018'],
  ])('%s is read as %s', (value, text) => expect(shown('phone', value)).toBe(text));

  it('is at home in the country of the center', () => {
    expect(shown('phone', '+493012345678', german)).toBe('030 12345678');
    expect(shown('phone', '+12025550143', german)).toBe('+1 202 555 0143');
  });

  it.each([
    '12',
    'call me',
    '+1',
    '555-0143 ext. 12',
    '0000000000000000000000000000',
    'tel:+12025550143',
  ])('%s is shown as it came', (value) =>
    expect(shown('phone', value)).toBe(`${value} (as it came)`),
  );
});

describe('any variable', () => {
  it('as text is never touched', () => {
    expect(shown('text', '$1,250.75')).toBe('$1,250.75');
    expect(shown('text', '<b>1</b>')).toBe('<b>1</b>');
  });

  it('that is private is hidden, even if a value came along', () => {
    const view = formatVariable(variable({ privacy: true, value: '1234' }), PLACE);
    expect(view).toEqual({ kind: 'hidden' });
  });

  it('without a value says so instead of being blank', () => {
    expect(formatVariable(variable({ value: null }), PLACE)).toEqual({ kind: 'empty' });
    expect(formatVariable(variable({ value: '', dataType: 'date' }), PLACE)).toEqual({
      kind: 'empty',
    });
  });
});
