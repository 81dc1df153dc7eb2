// A supervisor watches two agents at work and steers it: three browsers at once.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callPanel, goAvailable, link, offerCard, signIn } from './support/agent';
import {
  accessFindings,
  closeBrowser,
  openPage,
  type PageOptions,
  shot,
  sidewaysScroll,
  type Watched,
} from './support/browser';
import { Caller } from './support/caller';
import { absent, Center } from './support/center';

const SIZES = [
  { width: 1920, height: 1080 },
  { width: 1024, height: 768 },
  { width: 320, height: 800 },
  { width: 3840, height: 2160 },
];

describe.skipIf(absent !== null)('a supervisor', () => {
  let center: Center;
  let open: Watched[];
  afterAll(closeBrowser);
  beforeEach(async () => {
    center = await Center.start();
    open = [];
  });
  afterEach(async () => {
    for (const { context } of open) await context.close();
    await center.stop();
    expect(open.flatMap(({ faults }) => faults)).toEqual([]);
  });

  async function page(user: Center['agent'], options: PageOptions = {}): Promise<Page> {
    const watched = await openPage(center.url, options);
    open.push(watched);
    await signIn(watched.page, center, user);
    return watched.page;
  }
  const sam = (options?: PageOptions) => page(center.supervisor, options);

  it('sees who rings, takes it back, sends another agent, and reads the story', async () => {
    const ann = await page(center.agent);
    const ben = await page(center.colleague);
    await goAvailable(ann);
    const screen = await sam();
    await agentRow(screen, 'Ann Perez').getByText('Available').waitFor();
    await Caller.dial(center, { name: 'Maria Lopez' });
    await agentRow(screen, 'Ann Perez').getByText('Ringing').waitFor();
    await offerCard(ann).waitFor();

    await screen.getByRole('link', { name: 'Interactions' }).click();
    const call = screen.getByRole('row', { name: /Maria Lopez/ });
    await call.getByRole('button', { name: 'Take back' }).click();
    await screen.getByText('Taken back to the queue.').waitFor();
    await offerCard(ann).waitFor({ state: 'detached' });
    await call.getByText('Waiting').waitFor();

    await call.getByRole('button', { name: 'Give to…' }).click();
    const give = screen.getByRole('dialog', { name: 'Give Maria Lopez to' });
    await give.getByRole('button', { name: /Ben Okafor/ }).click();
    await give.getByRole('alert').getByText('The agent is logged out').waitFor();
    await screen.keyboard.press('Escape');

    await screen.getByRole('link', { name: 'Wallboard' }).click();
    await screen.getByRole('button', { name: 'Ben Okafor' }).click();
    const dialog = screen.getByRole('dialog', { name: 'Ben Okafor' });
    await dialog.getByRole('button', { name: 'Available', exact: true }).click();
    await screen.getByText('Ben Okafor: Available.').waitFor();
    await offerCard(ben).waitFor();
    await ben.keyboard.press('Alt+a');
    await callPanel(ben).waitFor();
    await agentRow(screen, 'Ben Okafor').getByText('Talking').waitFor();

    await agentRow(screen, 'Ben Okafor').getByRole('link', { name: 'Maria Lopez' }).click();
    await screen.getByText(/Taken back to .* by Sam Rivera/).waitFor();
    await screen.getByRole('region', { name: 'Why it went where it went' }).waitFor();
    await screen.getByText('was asked until a supervisor took it back').waitFor();
    await screen.getByRole('region', { name: 'Way through the script' }).waitFor();
    const story = screen.url();
    await screen.goto(story);
    await screen.getByText('Accepted by Ben Okafor').waitFor();
  });

  it('gives what waits to an agent, who is told by whom', async () => {
    const ann = await page(center.agent);
    const screen = await sam();
    await Caller.dial(center, { name: 'Maria Lopez' });
    await screen.getByRole('link', { name: 'Interactions' }).click();
    const call = screen.getByRole('row', { name: /Maria Lopez/ });
    await call.getByText('Waiting').waitFor();
    const ben = await page(center.colleague);
    await call.getByRole('button', { name: 'Give to…' }).click();
    const give = screen.getByRole('dialog', { name: 'Give Maria Lopez to' });
    await give.getByRole('searchbox', { name: 'Find an agent' }).fill('ann');
    await give.getByRole('button', { name: /Ben Okafor/ }).waitFor({ state: 'detached' });
    await goAvailable(ann);
    await offerCard(ann).waitFor();
    await goAvailable(ben);
    await give.getByRole('searchbox', { name: 'Find an agent' }).fill('');
    await give.getByRole('button', { name: /Ben Okafor.*Available/ }).click();
    await offerCard(ben)
      .getByText(/Sam Rivera gave it to Ben Okafor/)
      .waitFor();
    await offerCard(ann).waitFor({ state: 'detached' });
  });

  it('is told when the wallboard is from before, and gets all of it anew', async () => {
    const screen = await sam();
    await center.restart('SIGKILL', async () => {
      await screen.getByText(/Not live: everything below is as of/).waitFor();
    });
    await link(screen).filter({ hasText: 'link OK' }).waitFor();
    await screen.getByText(/Not live:/).waitFor({ state: 'detached' });
    const ann = await page(center.agent);
    await goAvailable(ann);
    await agentRow(screen, 'Ann Perez').getByText('Available').waitFor();
  });

  it('finds out how a number is counted, with the keyboard alone', async () => {
    const screen = await sam();
    await screen.getByRole('table', { name: 'Queues' }).waitFor();
    const level = screen.getByRole('row', { name: /Priority/ }).getByRole('button', {
      name: /Service level/,
    });
    await level.focus();
    await screen.keyboard.press('Enter');
    const dialog = screen.getByRole('dialog', { name: 'Service level · Priority' });
    await dialog.getByText(/answered within the promised time: 0/).waitFor();
    await dialog.getByText(/Policy: offeredLessShort/).waitFor();
    await screen.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await screen.keyboard.press('/');
    await screen.keyboard.type('cara');
    await agentRow(screen, 'Ann Perez').waitFor({ state: 'detached' });
    await screen.getByRole('searchbox', { name: 'Find an agent' }).press('Escape');
    await screen.getByRole('heading', { name: 'Supervisor' }).click();
    await screen.keyboard.press('?');
    await screen
      .getByRole('dialog', { name: 'Keyboard shortcuts' })
      .getByText('Full screen')
      .waitFor();
  });

  it('sees nothing where there is nothing, and what went wrong where something did', async () => {
    const screen = await sam();
    await screen.goto('/supervisor/interactions');
    await screen.getByText('Nobody is calling.').waitFor();
    await screen.goto('/supervisor/interactions/int-0-none');
    await screen.getByText('There is no such interaction').waitFor();
    await screen.route('**/supervisor/v1/interactions?*', (route) =>
      route.fulfill({ status: 500 }),
    );
    await screen.goto('/supervisor/interactions');
    await screen.getByRole('alert').getByText('The server answered 500').waitFor();
  });

  it('sets what an agent is good at, unless somebody else was faster', async () => {
    const screen = await sam();
    await screen.getByRole('button', { name: 'Ann Perez' }).click();
    const dialog = screen.getByRole('dialog', { name: 'Ann Perez' });
    await dialog.getByLabel('Level of Spanish').selectOption('3');
    await dialog.getByRole('button', { name: 'Remove Loyalty' }).click();
    const other = await sam();
    await other.getByRole('button', { name: 'Ann Perez' }).click();
    const faster = other.getByRole('dialog', { name: 'Ann Perez' });
    await faster.getByRole('button', { name: 'Remove Billing' }).click();
    await faster.getByRole('button', { name: 'Save skills' }).click();
    await other.getByText('Ann Perez: skills saved.').waitFor();

    await dialog.getByRole('button', { name: 'Save skills' }).click();
    await dialog
      .getByRole('alert')
      .getByText(/changed this agent meanwhile/)
      .waitFor();
    await dialog.getByRole('button', { name: 'Add Billing' }).waitFor();
    expect(await dialog.getByLabel('Level of Spanish').inputValue()).toBe('9');
    await dialog.getByLabel('Level of Spanish').selectOption('3');
    await dialog.getByRole('button', { name: 'Save skills' }).click();
    await screen.getByText('Ann Perez: skills saved.').waitFor();
    await agentRow(screen, 'Ann Perez')
      .getByText(/Spanish 3/)
      .waitFor();
  });

  it('an agent is not let in', async () => {
    const ann = await page(center.agent);
    await ann.goto('/supervisor');
    await ann.getByText('Supervisor is not open to you').waitFor();
  });

  for (const scheme of ['light', 'dark'] as const) {
    it(`reads every page in ${scheme}, wide and narrow`, async () => {
      const ann = await page(center.agent);
      await goAvailable(ann);
      const screen = await sam({ scheme });
      const caller = await Caller.dial(center, { name: 'Maria Lopez' });
      await Caller.dial(center, { name: 'Jo Park' });
      await agentRow(screen, 'Ann Perez').getByText('Ringing').waitFor();
      await check(screen, 'wallboard', scheme);
      await screen
        .getByRole('row', { name: /Priority/ })
        .getByRole('button', { name: /Service level/ })
        .click();
      await screen.getByText(/Promised: 90 % within/).waitFor();
      await check(screen, 'formula', scheme);
      await screen.keyboard.press('Escape');
      await screen.getByRole('button', { name: 'Ann Perez' }).click();
      await screen.getByRole('dialog', { name: 'Ann Perez' }).waitFor();
      await check(screen, 'agent', scheme);
      await screen.keyboard.press('Escape');
      await screen.getByRole('link', { name: 'Interactions' }).click();
      await screen.getByRole('row', { name: /Jo Park/ }).waitFor();
      await check(screen, 'interactions', scheme);
      await screen.goto(`/supervisor/interactions/${caller.interactionGuid}`);
      await screen.getByRole('region', { name: 'Way through the script' }).waitFor();
      await check(screen, 'story', scheme);
    });
  }

  async function check(on: Page, name: string, scheme: string): Promise<void> {
    for (const size of SIZES) {
      await on.setViewportSize(size);
      expect(await sidewaysScroll(on), `${name} at ${size.width}`).toBe(0);
      await shot(on, `supervisor-${name}-${scheme}-${size.width}`);
    }
    await on.setViewportSize({ width: 1440, height: 900 });
    expect(await accessFindings(on), `${name} in ${scheme}`).toEqual([]);
  }
});

function agentRow(screen: Page, name: string) {
  return screen.getByRole('table', { name: 'Agents' }).getByRole('row', { name: new RegExp(name) });
}
