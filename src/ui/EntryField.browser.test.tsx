import { useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { NumberField } from './EntryField.tsx';
import { draw } from './testDraw.ts';

const committed: number[] = [];

function Example() {
  const [value, setValue] = useState(5);
  return (
    <>
      <NumberField
        label="Batch"
        range="1 to 9"
        value={value}
        format={String}
        read={(text) => (/^[1-9]$/.test(text) ? { value: Number(text) } : { error: `${text} is not from 1 to 9` })}
        onCommit={(next) => {
          if (next === 7) return '7 does not go with the rest';
          committed.push(next);
          setValue(next);
          return null;
        }}
      />
      <button type="button" onClick={() => setValue(2)}>
        Set to 2
      </button>
    </>
  );
}

function show() {
  draw(<Example />);
  return page.getByRole('textbox', { name: 'Batch' });
}

afterEach(() => {
  committed.length = 0;
});

describe('a number field', { timeout: 20_000 }, () => {
  it('counts what was typed on Enter, once', async () => {
    const field = show();
    await field.fill('8');
    expect(committed).toEqual([]);
    await userEvent.keyboard('{Enter}');
    await expect.element(field).toHaveValue('8');
    await userEvent.tab();
    expect(committed).toEqual([8]);
  });

  it('counts what was typed when the field is left', async () => {
    const field = show();
    await field.fill('3');
    await userEvent.tab();
    expect(committed).toEqual([3]);
  });

  it('keeps what cannot be read, and says why, until it can', async () => {
    const field = show();
    await field.fill('12');
    await userEvent.keyboard('{Enter}');
    await expect.element(field).toHaveValue('12');
    await expect.element(field).toHaveAttribute('aria-invalid', 'true');
    await expect.element(field).toHaveAccessibleDescription(/12 is not from 1 to 9/);
    await field.fill('4');
    await expect.element(field).not.toHaveAttribute('aria-invalid', 'true');
    await userEvent.keyboard('{Enter}');
    expect(committed).toEqual([4]);
  });

  it('keeps a value that is refused further up, with the reason', async () => {
    const field = show();
    await field.fill('7');
    await userEvent.keyboard('{Enter}');
    await expect.element(field).toHaveValue('7');
    await expect.element(page.getByText('7 does not go with the rest')).toBeVisible();
  });

  it('shows a value that comes from elsewhere instead of a draft', async () => {
    const field = show();
    await field.fill('x');
    await page.getByRole('button', { name: 'Set to 2' }).click();
    await expect.element(field).toHaveValue('2');
  });
});
