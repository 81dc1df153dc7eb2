// Scripts: drawn by mouse and by keyboard, mended, tested, published, taken by a call, rolled back.
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { goAvailable, offerCard, signIn } from './support/agent';
import {
  accessFindings,
  closeBrowser,
  openPage,
  type Scheme,
  shot,
  sidewaysScroll,
  type Watched,
} from './support/browser';
import { Cable } from './support/cable';
import { Caller, type Variable } from './support/caller';
import { absent, Center } from './support/center';
import {
  asAdministrator,
  canvas,
  details,
  lead,
  newScript,
  nodeOf,
  openScripts,
  palette,
  publish,
  settled,
  wire,
} from './support/script';

const VIP: Variable = { name: '_tier', value: 'VIP', ivr: true, display: true };

describe.skipIf(absent !== null)('a script', () => {
  let center: Center;
  let watched: Watched;
  beforeEach(async () => {
    center = await Center.start();
  });
  afterEach(async () => {
    await watched.context.close();
    await center.stop();
    expect(watched.faults).toEqual([]);
  });
  afterAll(closeBrowser);

  it('is drawn by mouse, mended, tested, published, and serves the next call', async () => {
    watched = await openPage(center.url);
    const { page } = watched;
    await openScripts(page, center);
    await newScript(page, 'By tier');
    const form = details(page);

    await palette(page).getByRole('button', { name: 'Menu', exact: true }).click();
    await form.getByLabel('Question', { exact: true }).fill('Press 1 to go on.');
    await form.getByLabel('Keys', { exact: true }).fill('1');
    await palette(page).getByRole('button', { name: 'Test Variable' }).click();
    await form.getByLabel('Variable', { exact: true }).fill('_tier');
    await form.getByLabel('Value', { exact: true }).fill('VIP ');
    await form.getByRole('button', { name: 'Write “VIP”' }).first().click();
    expect(await form.getByLabel('Value', { exact: true }).inputValue()).toBe('VIP');

    await lead(page, 'True', 'New: To Queue');
    await form.getByLabel('Queue', { exact: true }).selectOption('Priority');
    await nodeOf(page, 'Test Variable').click();
    await lead(page, 'False', 'New: To Queue');
    await form.getByLabel('Queue', { exact: true }).selectOption('Standard');
    await page.getByRole('button', { name: 'Show all' }).click();
    await wire(page, 'Menu', 'noInput', 'Test Variable');
    await wire(page, 'Menu', 'noMatch', 'Test Variable');
    await shot(page, 'designer-drawn');

    await form.getByRole('tab', { name: /^Tests/ }).click();
    await form.getByRole('button', { name: 'Add a test' }).click();
    await form.getByLabel('Name', { exact: true }).fill('VIP first');
    await form.getByRole('button', { name: 'Add a variable' }).click();
    await form.getByLabel('Value of variable 1').fill('VIP');
    await form.getByLabel('Keys pressed').fill('1');
    await form.getByLabel('It ends').selectOption('in the queue Priority');
    await form.getByText('1 of 1 pass.').waitFor();
    await form.getByRole('button', { name: 'Show path' }).click();
    expect(await canvas(page).locator('.react-flow__edge.lit').count()).toBe(2);
    await shot(page, 'designer-lit');

    await settled(page);
    await publish(page);
    const id = Number(new URL(page.url()).pathname.split('/').at(-1));
    await serve(page, id);
    await offeredFrom('Priority', [VIP]);
  });

  it('is drawn by keyboard alone', async () => {
    watched = await openPage(center.url);
    const { page } = watched;
    await openScripts(page, center);
    await newScript(page, 'By keys');
    await addByKey(page, 'say');
    await expect.poll(() => focused(page)).toMatch(/^Say, Say, start/);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Welcome.');
    await nodeOf(page, 'Say').focus();
    await addByKey(page, 'test variable');
    await expect.poll(() => focused(page)).toMatch(/^Test Variable, Test Variable/);
    await page.keyboard.press('e');
    await page.keyboard.type('disc');
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toMatch(/^Disconnect, Disconnect/);
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => focused(page)).toMatch(/^Test Variable, Test Variable/);
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => focused(page)).toMatch(/^Say, Say, start/);
    expect(await canvas(page).locator('.react-flow__edge').count()).toBe(2);
    await page.keyboard.press('Control+z');
    await page.getByRole('button', { name: 'Redo: add “Disconnect”' }).waitFor();
    await page.keyboard.press('Control+y');
    await page.getByRole('button', { name: 'Undo: add “Disconnect”' }).waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    await canvas(page).getByText('Nothing is drawn yet').waitFor();
    await settled(page);
  });

  it('goes back to an earlier version', async () => {
    watched = await openPage(center.url);
    const { page } = watched;
    await openScripts(page, center);
    await newScript(page, 'Twice');
    await palette(page).getByRole('button', { name: 'To Queue' }).click();
    const queue = details(page).getByLabel('Queue', { exact: true });
    await queue.selectOption('Priority');
    await settled(page);
    await publish(page);
    await queue.selectOption('Standard');
    await settled(page);
    await publish(page);
    await details(page).getByRole('tab', { name: 'Versions' }).click();
    const first = details(page).getByRole('listitem').filter({ hasText: 'Version 1' });
    await first.getByRole('button', { name: 'Compare with the draft' }).click();
    await first.getByText('Queue was Priority and is Standard.').waitFor();
    await first.getByRole('button', { name: 'Restore' }).click();
    await first.getByText('The draft is the same as version 1.').waitFor();
    await settled(page);
    await publish(page);
    const third = details(page).getByRole('listitem').filter({ hasText: 'Version 3' });
    await third.getByText('serves new calls').waitFor();
    const id = Number(new URL(page.url()).pathname.split('/').at(-1));
    await serve(page, id);
    await offeredFrom('Priority', []);
  });

  it('is copied into another script, and goes through a file', async () => {
    watched = await openPage(center.url);
    const { page } = watched;
    await openScripts(page, center);
    await newScript(page, 'From');
    await palette(page).getByRole('button', { name: 'Say', exact: true }).click();
    await details(page).getByLabel('Text', { exact: true }).fill('Hello {_tier}.');
    await palette(page).getByRole('button', { name: 'Disconnect' }).click();
    await nodeOf(page, 'Say').focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+c');
    await settled(page);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: /^More/ }).click();
    await page.getByRole('menuitem', { name: 'Export as a file' }).click();
    const file = await (await saved).path();

    await page.getByRole('button', { name: 'All scripts' }).click();
    await newScript(page, 'To');
    await canvas(page).getByText('Nothing is drawn yet').waitFor();
    await page.keyboard.press('Control+v');
    await nodeOf(page, 'Say').click();
    const text = details(page).getByLabel('Text', { exact: true });
    expect(await text.inputValue()).toBe('Hello {_tier}.');
    expect(await canvas(page).locator('.react-flow__edge').count()).toBe(1);
    await settled(page);

    await page.getByRole('button', { name: 'All scripts' }).click();
    await page.getByRole('button', { name: 'New script' }).click();
    const dialog = page.getByRole('dialog', { name: 'New script' });
    await dialog.getByLabel('From a file').setInputFiles(file);
    await expect.poll(() => dialog.getByLabel('Name').inputValue()).toBe('From');
    await dialog.getByLabel('Name').fill('Again');
    await dialog.getByRole('button', { name: 'Draw it' }).click();
    await nodeOf(page, 'Say').waitFor();
    await nodeOf(page, 'Disconnect').waitFor();
  });

  it('shows where callers are', async () => {
    watched = await openPage(center.url);
    const { page } = watched;
    await openScripts(page, center);
    await newScript(page, 'Live');
    await palette(page).getByRole('button', { name: 'To Queue' }).click();
    await details(page).getByLabel('Queue', { exact: true }).selectOption('Priority');
    await settled(page);
    await publish(page);
    await serve(page, Number(new URL(page.url()).pathname.split('/').at(-1)));
    const caller = await Caller.dial(center);
    await page.getByRole('button', { name: /^More/ }).click();
    await page.getByRole('menuitem', { name: 'Show open interactions' }).click();
    await canvas(page)
      .getByRole('group', { name: /To Queue.*1 here now/ })
      .waitFor();
    await shot(page, 'designer-live');
    await caller.hangUp();
    await canvas(page)
      .getByRole('group', { name: /To Queue.*0 here now/ })
      .waitFor();
  });

  it('says so when somebody else changed it, and when the server is away', async () => {
    const cable = await Cable.lay(center.url);
    watched = await openPage(cable.url);
    const { page } = watched;
    await openScripts(page, center);
    await newScript(page, 'Two hands');
    const other = await openPage(center.url);
    await openScripts(other.page, center);
    await other.page.goto(new URL(page.url()).pathname);
    await palette(other.page).getByRole('button', { name: 'Wait' }).click();
    await settled(other.page);

    await palette(page).getByRole('button', { name: 'Say', exact: true }).click();
    const conflict = page.getByRole('dialog', { name: 'Somebody else changed this script' });
    await conflict.getByText('Wait “Wait” was removed.').waitFor();
    await conflict.getByText('Say “Say” was added.').waitFor();
    await shot(page, 'designer-conflict');
    await conflict.getByRole('button', { name: 'Take theirs' }).click();
    await nodeOf(page, 'Wait').waitFor();
    await page.keyboard.press('Control+z');
    await nodeOf(page, 'Say').waitFor();
    await settled(page);

    cable.pull();
    await page.getByRole('textbox', { name: 'Name of the script' }).fill('Away');
    await page.getByText('Not saved: the server cannot be reached').waitFor();
    await page.getByRole('button', { name: 'All scripts' }).click();
    await page.getByRole('dialog', { name: 'Not everything is saved' }).waitFor();
    await page.getByRole('button', { name: 'Stay' }).click();
    cable.putBack();
    await page.getByRole('button', { name: 'Try again' }).click();
    await settled(page);
    await page.getByRole('button', { name: 'All scripts' }).click();
    await page.getByRole('link', { name: 'Away' }).waitFor();
    await other.context.close();
    cable.remove();
  });

  for (const scheme of ['light', 'dark'] as const) {
    it(`passes axe-core and reflows in ${scheme}`, async () => {
      watched = await openPage(center.url, { scheme });
      const { page } = watched;
      await openScripts(page, center);
      await page.getByRole('link').filter({ hasText: 'Main' }).first().waitFor();
      await check('scripts', scheme);
      await page.getByRole('link').filter({ hasText: 'Main' }).first().click();
      await canvas(page).getByRole('group').first().waitFor();
      await check('canvas', scheme);
      await palette(page).getByRole('button', { name: 'Test Variable' }).click();
      await details(page).getByText('Error:').first().waitFor();
      await check('node', scheme);
      for (const tab of ['Problems', 'Tests', 'Versions']) {
        await details(page).getByRole('tab', { name: tab }).click();
        await check(tab.toLowerCase(), scheme);
      }
      await page.getByRole('button', { name: 'Outline' }).click();
      await check('outline', scheme);
    });
  }

  it('can be read and changed at 320 pixels', async () => {
    watched = await openPage(center.url, { width: 320, height: 800 });
    const { page } = watched;
    await openScripts(page, center);
    await newScript(page, 'Small');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Say', exact: true }).click();
    await details(page).getByLabel('Text', { exact: true }).fill('Hello.');
    await lead(page, 'Next', 'New: Disconnect');
    await details(page).getByRole('button', { name: 'Close the details' }).click();
    const outline = page.getByRole('region', { name: 'Outline' });
    await outline.getByRole('button', { name: /^Say Say: Hello/ }).waitFor();
    expect(await sidewaysScroll(page)).toBe(0);
    await shot(page, 'designer-320');
    await settled(page);
  });

  /** Calls, and looks at the offer of the agent who gets it. */
  async function offeredFrom(queue: string, variables: Variable[]): Promise<void> {
    const agent = await openPage(center.url);
    await signIn(agent.page, center);
    await goAvailable(agent.page);
    const caller = await Caller.dial(center, { variables });
    await offerCard(agent.page).getByText(queue).first().waitFor();
    await caller.hangUp();
    await agent.context.close();
  }

  async function check(name: string, scheme: Scheme): Promise<void> {
    const { page } = watched;
    for (const width of [320, 1024, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await sidewaysScroll(page), `${name} at ${width}`).toBe(0);
      await shot(page, `designer-${name}-${scheme}-${width}`);
    }
    expect(await accessFindings(page), `${name} in ${scheme}`).toEqual([]);
  }
});

interface Channel {
  id: number;
  revision: number;
  mediaType: string;
  scriptId: number;
}

/** Lets the first phone channel lead to the script. */
async function serve(page: Watched['page'], scriptId: number): Promise<void> {
  const { items } = await asAdministrator<{ items: Channel[] }>(
    page,
    'GET',
    '/admin/v1/channels?limit=200',
  );
  const phone = items.find(({ mediaType }) => mediaType === 'phone');
  if (phone === undefined) throw new Error('the demo has no phone channel');
  const { id, revision, ...channel } = phone;
  await asAdministrator(
    page,
    'PUT',
    `/admin/v1/channels/${id}`,
    { ...channel, scriptId },
    revision,
  );
}

async function addByKey(page: Watched['page'], search: string): Promise<void> {
  await page.keyboard.press('/');
  await page.keyboard.type(search);
  await page.keyboard.press('Enter');
}

function focused(page: Watched['page']): Promise<string> {
  return page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
}
