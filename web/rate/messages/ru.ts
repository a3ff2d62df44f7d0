export const ru = {
  window: (windowId: number): string => `Окно ${windowId}`,
  welcome: 'Здравствуйте! После приёма здесь можно оценить визит.',
  question: (number: string): string => `Талон ${number}: как вас приняли?`,
  thanks: 'Спасибо! Оценка записана. Её можно изменить.',
};
