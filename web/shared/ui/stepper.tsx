import { Button, Group, I18nProvider, Input, Label, NumberField } from 'react-aria-components';
import { useLanguage } from '../language.tsx';

interface StepperProps {
  readonly label: string;
  readonly value: number;
  readonly change: (value: number) => void;
  readonly min: number;
  readonly max: number;
}

/** A small whole number that is counted up and down. */
export function Stepper({ label, value, change, min, max }: StepperProps) {
  const { language } = useLanguage();
  return (
    <I18nProvider locale={language}>
      <NumberField className="stepper" value={value} minValue={min} maxValue={max} step={1} onChange={change}>
        <Label>{label}</Label>
        <Group>
          <Button slot="decrement">−</Button>
          <Input inputMode="numeric" />
          <Button slot="increment">+</Button>
        </Group>
      </NumberField>
    </I18nProvider>
  );
}
