using Plumbline.Cli;

return Plumb.Run(args, Surroundings.OfTheProcess(new FitPipeline()));
