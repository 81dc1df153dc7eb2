// What an administrator does in the configuration, in the words of the screen.
import type { Page } from 'playwright-core';
import { enter } from './agent';
import type { Center } from './center';

/** Signs in at a page of the configuration. */
export async function administer(page: Page, center: Center, section: string): Promise<void> {
  await page.goto(`/configuration/${section}`);
  await enter(page, center.administrator);
  await page.waitForURL(`**/configuration/${section}`);
}

/** Goes there by the navigation. */
export async function goTo(page: Page, title: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Configuration' })
    .getByRole('link', { name: title, exact: true })
    .click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
}

export const row = (page: Page, name: string) =>
  page.getByRole('region', { name: 'List' }).getByRole('row').filter({ hasText: name });

export const openRow = (page: Page, name: string) =>
  page.getByRole('region', { name: 'List' }).getByRole('link', { name, exact: true }).click();

/** The form of a setting, new or not. */
export const form = (page: Page) => page.getByRole('region', { name: /^(New|One) / });

/** A new setting with a name and nothing else. */
export async function addNamed(page: Page, kind: string, name: string): Promise<void> {
  await page.getByRole('button', { name: `New ${kind}` }).click();
  await form(page).getByLabel('Name', { exact: true }).fill(name);
  await form(page).getByRole('button', { name: 'Create', exact: true }).click();
  await row(page, name).waitFor();
}

export async function save(page: Page): Promise<void> {
  await form(page).getByRole('button', { name: 'Save' }).click();
}
