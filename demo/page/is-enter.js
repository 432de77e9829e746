/** Whether this key press means "send". Safari reports the Enter that ends an input method's composition as key code 229. */
export const isEnter = ({ key, shiftKey, isComposing, keyCode }) =>
  key === 'Enter' && !shiftKey && !isComposing && keyCode !== 229;
