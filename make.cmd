@echo off
rem The recipes of the Makefile for Windows: make run, make test, make build ...
cd /d "%~dp0"
where py >nul 2>nul && (py -3 -m scripts.make %* & exit /b)
python -m scripts.make %*
