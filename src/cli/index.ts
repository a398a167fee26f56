process.stderr.write('cli\n');
