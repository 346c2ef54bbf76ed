"""The home page, articles and standard pages."""

from home.models.articles import ArticleIndexPage, ArticlePage
from home.models.home import HomePage
from home.models.standard import StandardPage

__all__ = ["ArticleIndexPage", "ArticlePage", "HomePage", "StandardPage"]
