using Plumbline.Cli.Work;

namespace Plumbline.Cli.Check;

/// <summary>A model file that is checked: it says the formula and how it was fitted.</summary>
internal static class ModelToCheck
{
    /// <summary>The request with what the model file says: formula, condition, columns of text, weights, contrasts, covariance.</summary>
    /// <exception cref="PlumblineException">Code <c>no-design</c>: the model does not know which columns to read.</exception>
    public static CheckRequest RequestOf(CheckRequest request, LinearModel model)
    {
        if (model.Design is null)
        {
            throw new PlumblineException("no-design", "The model was fitted to a matrix or to moments: it does not know which columns to read, so it cannot be checked. Give DATA and FORMULA.");
        }
        return request with
        {
            Fit = request.Fit with
            {
                Formula = model.Formula,
                Where = request.Fit.Where ?? model.Where,
                TextColumns = ModelColumns.Text(model, predictorsOnly: false),
                Options = FitOptions.Of(model),
            },
        };
    }
}
