/** The picture of the README, midway through a run of the default experiment. */
import { text } from '../../src/messages/messages.ts';
import { reachStep, type Take } from './take.ts';

const experiment = '#v=1&a=t7-plain-38&b=t7-residual-38';
/** Where the run is stopped: late enough for the curves to have parted. */
const STEP = 60;

export const takeReadme: Take = async (browser, url) => {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'light' });
  await page.goto(url + experiment);
  await page.getByRole('button', { name: text.app.transport.play }).click();
  await reachStep(page, STEP);
  await page.getByRole('button', { name: text.app.transport.pause }).click();
  // The errors of both, of which the last may still be on its way.
  await page.locator('.chart-legend').getByText(`step ${STEP}`, { exact: true }).waitFor();
  await page.screenshot({ path: 'docs/lab.png' });
};
