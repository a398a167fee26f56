import { openParentPort } from './parent-port.ts';
import { yieldToTheWindow } from './priority.ts';
import { serve } from './serve.ts';

yieldToTheWindow();
serve(openParentPort());
