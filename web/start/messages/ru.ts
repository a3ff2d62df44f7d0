export const ru = {
  title: 'Окно',
  lead: 'Открытая система городских центров «одного окна»',
  centres: (open: number, all: number) => `Центры: сегодня принимают ${open} из ${all}`,
  none: 'Центров пока нет.',
  centre: 'Центр',
  hours: 'Сегодня',
  screens: 'Экраны',
  kiosk: 'киоск',
  board: 'табло',
  window: 'окно 1',
  closed: 'не принимает',
};
