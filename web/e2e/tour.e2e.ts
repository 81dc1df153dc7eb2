// A newcomer's way through a new center: a skill, a queue, an agent, a script, and a call that goes by them.
// `make tour` keeps its pictures in docs/tour.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addNamed, administer, form, goTo, openRow, row, save } from './support/administrator';
import { callPanel, goAvailable, offerCard, signIn } from './support/agent';
import { closeBrowser, openPage, shot, type Watched } from './support/browser';
import { Caller } from './support/caller';
import { absent, Center } from './support/center';
import {
  details,
  lead,
  newScript,
  nodeOf,
  palette,
  publish,
  settled,
  wire,
} from './support/script';

const RUI = {
  email: 'rui@acmecorp.example',
  password: 'cravo-vermelho-25',
  role: 'agent',
} as const;

describe.skipIf(absent !== null)('the tour', () => {
  let center: Center;
  const opened: Watched[] = [];
  beforeAll(async () => {
    center = await Center.start();
  });
  afterEach(async () => {
    const faults = opened.flatMap((each) => each.faults);
    await Promise.all(opened.splice(0).map(({ context }) => context.close()));
    expect(faults).toEqual([]);
  });
  afterAll(async () => {
    await closeBrowser();
    await center.stop();
  });

  async function arrive(): Promise<Page> {
    const watched = await openPage(center.url, { width: 1280, height: 800 });
    opened.push(watched);
    return watched.page;
  }

  it('goes from an empty list to a call answered for the right reason', async () => {
    const page = await arrive();
    await administer(page, center, 'skills');
    await addNamed(page, 'skill', 'Portuguese');
    await shot(page, 'tour-1-skill');
    await addQueue(page);
    await addAgent(page);
    await drawScript(page);
    await leadMainLineTo(page, 'By language');
    const agent = await arrive();
    await signIn(agent, center, RUI);
    await goAvailable(agent);
    const variables = [{ name: '_language', value: 'pt', ivr: true, display: true }];
    await Caller.dial(center, { name: 'Inês Duarte', variables });
    await offerCard(agent).getByText('Português').first().waitFor();
    await shot(agent, 'tour-8-offer');
    await agent.keyboard.press('Alt+a');
    await callPanel(agent).waitFor();
    await shot(agent, 'tour-9-call');
  });
});

async function addQueue(page: Page): Promise<void> {
  await goTo(page, 'Queues');
  await page.getByRole('button', { name: 'New queue' }).click();
  await form(page).getByLabel('Name', { exact: true }).fill('Português');
  await form(page)
    .getByLabel('Add to Skills an agent must have')
    .selectOption({ label: 'Portuguese' });
  await form(page).getByRole('button', { name: 'Create', exact: true }).click();
  await row(page, 'Português').getByText('Portuguese 5').waitFor();
  await shot(page, 'tour-2-queue');
}

/** Who takes calls is an agent, and a person who can sign in. */
async function addAgent(page: Page): Promise<void> {
  await goTo(page, 'Agents');
  await page.getByRole('button', { name: 'New agent' }).click();
  await form(page).getByLabel('Name', { exact: true }).fill('Rui Alves');
  await form(page).getByLabel('Add to Queues').selectOption({ label: 'Português' });
  await form(page).getByLabel('Add to Skills').selectOption({ label: 'Portuguese' });
  await form(page).getByLabel('Level of Portuguese').selectOption('8');
  await form(page).getByRole('button', { name: 'Create', exact: true }).click();
  await row(page, 'Rui Alves').waitFor();
  await shot(page, 'tour-3-agent');
  await goTo(page, 'Users');
  await page.getByRole('button', { name: 'New user' }).click();
  await form(page).getByLabel('Name', { exact: true }).fill('Rui Alves');
  await form(page).getByLabel('E-mail').fill(RUI.email);
  await form(page).getByRole('textbox', { name: 'Password' }).fill(RUI.password);
  await form(page).getByLabel('Works as agent').selectOption({ label: 'Rui Alves' });
  await form(page).getByRole('button', { name: 'Create', exact: true }).click();
  await row(page, RUI.email).waitFor();
}

async function drawScript(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Scripts' }).click();
  await newScript(page, 'By language');
  const node = details(page);
  await palette(page).getByRole('button', { name: 'Menu', exact: true }).click();
  await node.getByLabel('Question', { exact: true }).fill('Press 1 to go on.');
  await node.getByLabel('Keys', { exact: true }).fill('1');
  await palette(page).getByRole('button', { name: 'Test Variable' }).click();
  await node.getByLabel('Variable', { exact: true }).fill('_language');
  await node.getByLabel('Value', { exact: true }).fill('pt');
  await lead(page, 'True', 'New: To Queue');
  await node.getByLabel('Queue', { exact: true }).selectOption('Português');
  await nodeOf(page, 'Test Variable').click();
  await lead(page, 'False', 'New: To Queue');
  await node.getByLabel('Queue', { exact: true }).selectOption('Standard');
  await page.getByRole('button', { name: 'Show all' }).click();
  await wire(page, 'Menu', 'noInput', 'Test Variable');
  await wire(page, 'Menu', 'noMatch', 'Test Variable');
  await nodeOf(page, 'Test Variable').click();
  await settled(page);
  await shot(page, 'tour-4-script');
  await node.getByRole('tab', { name: /^Tests/ }).click();
  await node.getByRole('button', { name: 'Add a test' }).click();
  await node.getByLabel('Name', { exact: true }).fill('Portuguese goes to Português');
  await node.getByRole('button', { name: 'Add a variable' }).click();
  await node.getByLabel('Value of variable 1').fill('pt');
  await node.getByLabel('Keys pressed').fill('1');
  await node.getByLabel('It ends').selectOption('in the queue Português');
  await node.getByText('1 of 1 pass.').waitFor();
  await node.getByRole('button', { name: 'Show path' }).click();
  await shot(page, 'tour-5-test');
  await settled(page);
  await publish(page);
  await node.getByRole('tab', { name: 'Versions' }).click();
  await node.getByText('serves new calls').waitFor();
  await shot(page, 'tour-6-published');
}

/** New calls go by the script from now on. */
async function leadMainLineTo(page: Page, script: string): Promise<void> {
  await page.getByRole('link', { name: 'Configuration' }).click();
  await goTo(page, 'Channels');
  await openRow(page, 'Main line');
  await form(page).getByLabel('Script').selectOption({ label: script });
  await save(page);
  await form(page).getByText('Saved.').waitFor();
  await shot(page, 'tour-7-channel');
}
