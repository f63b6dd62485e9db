import { expect, type Locator, type Page } from '@playwright/test';

/** Long enough for the longest of the runs that are waited for, on two busy cores. */
const RUN_MS = 110_000;

/** What a lesson's check found in the run, by name. */
export type Values = Readonly<Record<string, number>>;

/** The lab with a lesson open, as a person uses it. */
export class LessonPage {
  readonly panel: Locator;
  readonly run: Locator;
  readonly verdict: Locator;

  constructor(readonly page: Page) {
    this.panel = page.getByRole('complementary', { name: 'Lesson' });
    this.run = this.panel.getByRole('button', { name: 'Run it' });
    this.verdict = this.panel
      .getByRole('status')
      .filter({ hasText: /^(What your run shows|Your run does not show it|The answer)/ });
  }

  /** @param place for instance `5`, or `5&part=2&steps=20` */
  async open(place: string): Promise<void> {
    await this.page.goto(`./#lesson=${place}`);
    await expect(this.panel).toBeVisible();
    // While the engine loads, a line about it stands above the lesson and goes away under a click.
    await expect(this.page.getByRole('status').filter({ hasText: /^Ready/ })).toBeAttached({ timeout: 60_000 });
  }

  /** Answers the question, which has to come before the run. */
  async predict(option: string | RegExp): Promise<void> {
    await expect(this.run.or(this.panel.getByText('First train the base.')).first()).toBeVisible();
    await this.panel.getByRole('radio', { name: option }).check();
  }

  /** Runs the experiment to its end, and gives what the check found. */
  async runAndCheck(): Promise<Values> {
    await expect(this.run).toBeEnabled({ timeout: 60_000 });
    await this.run.click();
    return this.values();
  }

  async values(): Promise<Values> {
    await expect(this.verdict).toBeVisible({ timeout: RUN_MS });
    return JSON.parse((await this.verdict.getAttribute('data-values')) ?? '{}') as Values;
  }

  async expectShown(): Promise<void> {
    await expect(this.verdict).toContainText('What your run shows');
  }
}

/** A number of the check; not a number where it is missing, so that no comparison with it holds. */
export function of(values: Values, name: string): number {
  return values[name] ?? Number.NaN;
}
