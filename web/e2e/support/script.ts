// What an administrator does in the designer, in the words of the screen.

import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { enter } from './agent';
import type { Center } from './center';

export async function openScripts(page: Page, center: Center): Promise<void> {
  await page.goto('/scripts');
  await enter(page, center.administrator);
  await page.getByRole('heading', { name: 'Scripts', level: 1 }).waitFor();
}

/** Makes an empty script and waits until it can be drawn. */
export async function newScript(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'New script' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill(name);
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Name of the script' }).waitFor();
}

export const palette = (page: Page) => page.getByRole('navigation', { name: 'Nodes to add' });
export const details = (page: Page) => page.getByRole('complementary', { name: 'Details' });
export const canvas = (page: Page) => page.getByRole('region', { name: 'Canvas' });

export const nodeOf = (page: Page, label: string): Locator =>
  canvas(page).getByRole('group', { name: new RegExp(`, ${label}(,|$)`) });

/** The card's port of an exit. */
const portOf = (page: Page, label: string, exit: string): Locator =>
  nodeOf(page, label).locator(`.react-flow__handle-right[data-handleid="${exit}"]`);

/** Draws a wire with the mouse. */
export async function wire(page: Page, from: string, exit: string, to: string): Promise<void> {
  const start = await middle(portOf(page, from, exit));
  const end = await middle(nodeOf(page, to).locator('.react-flow__handle-left'));
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 4 });
  await page.mouse.move(end.x, end.y, { steps: 4 });
  await page.mouse.up();
}

async function middle(locator: Locator): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error(`not in sight: ${locator}`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Chooses from the list where an exit of the chosen node leads. */
export async function lead(page: Page, exit: string, target: string): Promise<void> {
  await details(page).getByRole('combobox', { name: exit, exact: true }).click();
  await details(page).getByRole('option', { name: target, exact: true }).click();
}

/** Everything drawn is on the server, and the server has said what it thinks of it. */
export async function settled(page: Page): Promise<void> {
  await page.getByText('Saved', { exact: true }).waitFor();
}

export async function publish(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Publish' });
  await dialog.getByRole('button', { name: 'Publish' }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** A request of the page's own session. */
export async function asAdministrator<T>(
  page: Page,
  method: string,
  path: string,
  body?: unknown,
  revision?: number,
): Promise<T> {
  const answer = await page.evaluate(
    async ([how, where, what, over]) => {
      const session = await (await fetch('/auth/v1/session')).json();
      const headers: Record<string, string> = {
        'Content-Type': 'application/json',
        'X-CSRF-Token': session.csrfToken,
      };
      if (over !== null) headers['If-Match'] = `"${over}"`;
      const response = await fetch(where, {
        method: how,
        headers,
        ...(what === null ? {} : { body: what }),
      });
      return { status: response.status, text: await response.text() };
    },
    [method, path, body === undefined ? null : JSON.stringify(body), revision ?? null] as const,
  );
  expect(answer.status, answer.text).toBeLessThan(300);
  return (answer.text === '' ? undefined : JSON.parse(answer.text)) as T;
}
