@echo off
rem The Windows build, on a Windows machine with Python 3.11 or newer, Inno Setup 6 on the path, in a clone: packaging\windows\build.cmd
setlocal
cd /d "%~dp0..\.."
py -3 -m venv build\windows-venv || exit /b 1
set PY=build\windows-venv\Scripts\python.exe
%PY% -m pip install --quiet --require-hashes -r requirements.lock || exit /b 1
%PY% -m pip install --quiet --no-deps . || exit /b 1
%PY% -m pip install --quiet pyinstaller==6.22.3 || exit /b 1
%PY% -m PyInstaller --noconfirm --distpath dist\windows --workpath build\windows packaging\windows\baylight.spec || exit /b 1
dist\windows\baylight\baylight.exe demo --headless --orders 2 --speed 100 --seed 7 --json || exit /b 1
for /f %%v in ('dist\windows\baylight\baylight.exe --version') do set VERSION=%%v
iscc /Q /DAppVersion=%VERSION% packaging\windows\baylight.iss || exit /b 1
