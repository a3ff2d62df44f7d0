export const ru = {
  question: 'С каким вопросом вы пришли?',
  waiting: (visits: number) => `Ждут: ${visits}`,
  yourNumber: 'Ваш номер',
  goTo: (windowId: number) => `Подойдите к окну ${windowId}`,
  lookAtBoard: 'Следите за табло: номер появится на нём вместе с окном',
  done: 'Готово',
  closed: 'Сейчас талоны не выдаются',
};
