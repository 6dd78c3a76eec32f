@echo off
rem Installs Gongmun from this folder, without a network:   install.bat [DIR]
rem The py launcher picks the newest Python; with another one: py -3.11 install.py [DIR]
setlocal
set "PY=python"
where py >nul 2>nul && set "PY=py -3"
%PY% "%~dp0install.py" %*
set "CODE=%ERRORLEVEL%"
rem Started by a double click, the window stays so that its message can be read.
if "%~1"=="" pause
exit /b %CODE%
