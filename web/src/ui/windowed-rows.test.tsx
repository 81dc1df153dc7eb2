// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { WindowedRows } from './windowed-rows';

afterEach(cleanup);

function table(rows: string[]) {
  return (
    <table aria-rowcount={rows.length + 1}>
      <WindowedRows rows={rows} idOf={(row) => row} className="">
        {(row) => (
          <td>
            <button type="button">{row}</button>
          </td>
        )}
      </WindowedRows>
    </table>
  );
}

const THOUSAND = Array.from({ length: 1_000 }, (_, index) => `Agent ${index}`);

it('has a screenful of a thousand rows, each told its place', () => {
  render(table(THOUSAND));
  const rows = screen.getAllByRole('row');
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.length).toBeLessThan(50);
  expect(rows[0]?.getAttribute('aria-rowindex')).toBe('2');
  expect(rows[9]?.textContent).toBe('Agent 9');
});

it('keeps the row that is worked in when the order moves it away', () => {
  const { rerender } = render(table(THOUSAND));
  const button = screen.getByRole('button', { name: 'Agent 3' });
  fireEvent.focus(button);
  rerender(table(THOUSAND.toReversed()));
  expect(screen.getByRole('button', { name: 'Agent 3' })).toBe(button);
  expect(screen.getAllByRole('row').at(-1)?.getAttribute('aria-rowindex')).toBe('998');
  expect(screen.getAllByRole('row')[0]?.textContent).toBe('Agent 999');
  rerender(table(['Agent 7']));
  expect(screen.getAllByRole('row')).toHaveLength(1);
});
