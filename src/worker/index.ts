import { openParentPort } from './parent-port.ts';
import { serve } from './serve.ts';

serve(openParentPort());
