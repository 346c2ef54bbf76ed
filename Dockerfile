# The site as an image: web server (the default command), worker and manage.py. Settings come from the environment
# (docs/operating/settings.md); /data holds what DATA_DIR holds elsewhere. compose.yaml puts it together with its servers.

FROM python:3.13-slim-trixie AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /venv
COPY requirements.txt requirements-hearing.txt ./
# `--build-arg HEARING=yes`: with what writes down speech, 400 MB more (docs/operating/hearing.md).
ARG HEARING=
# The locks are complete, overrides included: nothing but what they name is installed.
RUN /venv/bin/pip install --no-deps -r requirements.txt ${HEARING:+-r requirements-hearing.txt}

FROM python:3.13-slim-trixie
RUN apt-get update \
    && apt-get install -y --no-install-recommends ffmpeg fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /data --create-home --shell /usr/sbin/nologin site
COPY --from=packages /venv /venv
WORKDIR /app
COPY . .
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DATA_DIR=/data \
    DJANGO_SETTINGS_MODULE=config.settings.production
RUN python -m compileall -q .
USER site
EXPOSE 8000
# Asks as the proxy does: with a host name that the site answers to.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["python", "-c", "\
import os; from urllib.request import Request, urlopen; \
host = os.environ.get('ALLOWED_HOSTS', '').split(',')[0].strip(' .*') or 'localhost'; \
urlopen(Request('http://127.0.0.1:8000/health/', headers={'Host': host}), timeout=4)"]
# More processes by WEB_CONCURRENCY.
CMD ["gunicorn", "--pythonpath", "site", "--bind", "0.0.0.0:8000", "--threads", "8", \
     "--worker-tmp-dir", "/dev/shm", "--access-logfile", "-", \
     "--logger-class", "config.logs.GunicornLog", "config.wsgi"]
